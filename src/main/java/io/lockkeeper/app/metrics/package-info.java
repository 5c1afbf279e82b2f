/// What the sources of an environment's `metrics` say, while it is held.
@NullMarked
package io.lockkeeper.app.metrics;

import org.jspecify.annotations.NullMarked;
