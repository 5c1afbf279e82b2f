/// Nodes asked about themselves over HTTP: JSON and Prometheus text.
@NullMarked
package io.lockkeeper.adapter.http;

import org.jspecify.annotations.NullMarked;
