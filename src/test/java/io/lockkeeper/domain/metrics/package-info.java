@NullMarked
package io.lockkeeper.domain.metrics;

import org.jspecify.annotations.NullMarked;
