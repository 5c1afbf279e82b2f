@NullMarked
package io.lockkeeper.domain.watch;

import org.jspecify.annotations.NullMarked;
