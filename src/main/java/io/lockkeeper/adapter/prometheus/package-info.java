/// Numbers in Prometheus text or OpenMetrics, and servers that answer PromQL.
@NullMarked
package io.lockkeeper.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
