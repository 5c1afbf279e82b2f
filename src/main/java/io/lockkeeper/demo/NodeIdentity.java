package io.lockkeeper.demo;

import java.time.Instant;

/// Who a node is in this life.
///
/// @param instance boot id, another one after each start
record NodeIdentity(String name, Version version, String environment, String instance, Instant startedAt) {}
