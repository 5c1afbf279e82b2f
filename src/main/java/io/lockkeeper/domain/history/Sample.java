package io.lockkeeper.domain.history;

import java.time.Instant;

/// One value of one series, as it was read. What was not read has no sample: a gap is a gap.
///
/// @param at when the reading was begun; wall time
/// @param signal e.g. `connections.own`
/// @param node empty where it is of the whole environment
/// @param source who said so, e.g. `clients`, a balancer's name, or a metrics source of the environment file
/// @param samples how many observations the value rests on; 1 for one that was simply read
public record Sample(Instant at, String signal, String node, String source, double value, long samples) {}
