package io.lockkeeper.domain.runbook;

/// Where a choice of a decision leads once its own steps are done.
public enum ChoiceExit {
    CONTINUE("continue"), WAY_BACK("wayBack"), END("end");

    private final String key;

    ChoiceExit(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
