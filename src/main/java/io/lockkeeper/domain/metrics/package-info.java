/// Numbers that other systems keep and Lockkeeper reads: what is asked for, what counters counted over a window, and what each source says of a
/// signal, side by side.
@NullMarked
package io.lockkeeper.domain.metrics;

import org.jspecify.annotations.NullMarked;
