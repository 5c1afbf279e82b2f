package io.lockkeeper.domain.runbook;

/// Where a gate that did not pass leads. Extending happens once, by the gate's own `within`.
public enum GateExit {
    HOLD("hold"), WAY_BACK("wayBack"), EXTEND("extend");

    private final String key;

    GateExit(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
