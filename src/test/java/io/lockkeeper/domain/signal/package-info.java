@NullMarked
package io.lockkeeper.domain.signal;

import org.jspecify.annotations.NullMarked;
