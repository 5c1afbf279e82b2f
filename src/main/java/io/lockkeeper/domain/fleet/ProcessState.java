package io.lockkeeper.domain.fleet;

/// What the process supervisor says of a node's process. `RUNNING` is never taken for ready.
public enum ProcessState {
    STOPPED("stopped"), STARTING("starting"), RUNNING("running"), STOPPING("stopping"), FAILED("failed"), UNKNOWN("unknown");

    private final String words;

    ProcessState(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
