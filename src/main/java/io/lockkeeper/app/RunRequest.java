package io.lockkeeper.app;

import java.util.Map;

/// What a person asks for when starting a run.
///
/// @param runbook id of a runbook in the library
/// @param inputs as typed, by input name
/// @param guided whether each disruptive action waits for *go*
/// @param toKnownGood run the runbook's `rollback` steps to the known good versions instead of this run's restore points
public record RunRequest(String actor, String reason, String runbook, Map<String, String> inputs, boolean guided,
        boolean toKnownGood) {}
