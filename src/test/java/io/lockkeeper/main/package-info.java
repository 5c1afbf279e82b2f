@NullMarked
package io.lockkeeper.main;

import org.jspecify.annotations.NullMarked;
