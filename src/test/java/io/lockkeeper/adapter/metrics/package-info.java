@NullMarked
package io.lockkeeper.adapter.metrics;

import org.jspecify.annotations.NullMarked;
