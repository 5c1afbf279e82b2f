package io.lockkeeper.domain.trigger;

/// What a trigger does when it fires. None acts by itself.
public enum Action {
    /// A banner with the way back, one click away.
    OFFER("offer", "offers to roll back"), WARN("warn", "warns"), ALERT("alert", "raises an alert"), ESCALATE("escalate",
            "escalates at once");

    private final String key;
    private final String words;

    Action(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /// As environment files write it.
    public String key() {
        return key;
    }

    /// Completes "the trigger ...".
    public String words() {
        return words;
    }
}
