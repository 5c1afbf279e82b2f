/// A page for a Prometheus.
@NullMarked
package io.lockkeeper.adapter.metrics;

import org.jspecify.annotations.NullMarked;
