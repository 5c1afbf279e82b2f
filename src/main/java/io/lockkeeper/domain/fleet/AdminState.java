package io.lockkeeper.domain.fleet;

/// What was ordered of a node at one balancer. Never merged with [ObservedState].
public enum AdminState {
    ENABLED("enabled"), DRAINED("drained"), MAINTENANCE("maintenance"), UNKNOWN("unknown");

    private final String words;

    AdminState(String words) {
        this.words = words;
    }

    /// The word shown on screen and written in runbooks (`node.admin ... is: drained`).
    public String words() {
        return words;
    }
}
