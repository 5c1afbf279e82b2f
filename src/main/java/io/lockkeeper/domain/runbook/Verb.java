package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.Capability;

/// What an action step does (`do:`).
public enum Verb {
    DRAIN("drain", Capability.DRAIN, "Drain"), ENABLE("enable", Capability.DRAIN, "Enable"), RESTART("restart",
            Capability.RESTART, "Restart"), DEPLOY("deploy", Capability.DEPLOY, "Deploy"), ROLLBACK("rollback", Capability.DEPLOY,
                    "Roll back"), CLOSE_SESSIONS("closeSessions", Capability.CLOSE_SESSIONS,
                            "Close sessions"), SHARE("share", Capability.SHARE, "Set share");

    private final String key;
    private final Capability needs;
    private final String button;

    Verb(String key, Capability needs, String button) {
        this.key = key;
        this.needs = needs;
        this.button = button;
    }

    public String key() {
        return key;
    }

    public Capability needs() {
        return needs;
    }

    /// The verb on the button and on the confirmation sheet ("Drain ws-2").
    public String button() {
        return button;
    }
}
