package io.lockkeeper.app;

import java.time.Instant;
import java.util.Map;

/// The versions, by node, of the last run that ended well or as set by a person.
public record KnownGood(Map<String, String> versions, String actor, Instant since) {}
