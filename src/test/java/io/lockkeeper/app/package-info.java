@NullMarked
package io.lockkeeper.app;

import org.jspecify.annotations.NullMarked;
