package io.lockkeeper.domain.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A verdict with what it rests on.
///
/// @param samples how many observations it rests on
/// @param interval the statistical interval in words where there is one, e.g. `95 % of 20: 76 % to 99 %`, or the plain value
/// @param newest when the newest observation was made; `null` when there is none
/// @param why one sentence for the operator
public record Reading(Verdict verdict, int samples, String interval, @Nullable Instant newest, String why) {}
