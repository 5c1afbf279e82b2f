package io.lockkeeper.domain.runbook;

/// Types of a runbook's inputs.
public enum InputType {
    NODES("nodes"), NODE("node"), VERSION("version"), DURATION("duration"), COUNT("count"), PERCENT("percent"), TEXT("text");

    private final String key;

    InputType(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
