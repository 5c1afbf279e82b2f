package io.lockkeeper.domain.environment;

import java.util.List;
import java.util.stream.Stream;

/// What people who look at no console may be told.
public enum Occasion {
    RUN_STARTED("run-started"),
    /// Held, waiting for somebody's decision, stopped, or with an order of which nobody knows what became of it.
    NEEDS_PERSON("needs-person"),
    /// It is rolled back, or aborted with something to be done for that.
    WAY_BACK("way-back"), RUN_ENDED("run-ended"), TRIGGER_FIRED("trigger-fired"),
    /// A trigger that could judge and no longer can; that it can again.
    TRIGGER_BLIND("trigger-blind"), TRIGGER_ACKNOWLEDGED("trigger-acknowledged"),
    /// Lockkeeper's own network is at fault, or nobody watches any more; that this is over.
    OBSERVER("observer"),
    /// Somebody tries whether it arrives. No channel asks for it.
    TEST("test");

    private final String key;

    Occasion(String key) {
        this.key = key;
    }

    /// As environment files write it.
    public String key() {
        return key;
    }

    /// What a channel may ask for.
    public static List<Occasion> all() {
        return Stream.of(values()).filter(one -> one != TEST).toList();
    }
}
