package io.lockkeeper.app;

/// Turns a request into a start command against what is known now: inputs, lint, restore points, way back.
public interface RunDesk {
    Prepared prepare(RunRequest request, Snapshot snapshot);
}
