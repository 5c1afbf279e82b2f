@NullMarked
package io.lockkeeper.domain.trigger;

import org.jspecify.annotations.NullMarked;
