@NullMarked
package io.lockkeeper.port;

import org.jspecify.annotations.NullMarked;
