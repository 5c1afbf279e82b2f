package io.lockkeeper.domain.runbook;

/// What happens at a drain's deadline to clients that are still there.
public enum Stragglers {
    /// The operator chooses: wait, close, or give up.
    ASK("ask"),
    /// They are closed at the step's rate, as announced before the step.
    CLOSE("close"),
    /// The step fails, the node stays drained.
    GIVE_UP("giveUp");

    private final String key;

    Stragglers(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
