@NullMarked
package io.lockkeeper.app.metrics;

import org.jspecify.annotations.NullMarked;
