package io.lockkeeper.domain.signal;

/// Who can know of a signal.
public enum SourceKind {
    BALANCERS("balancers"), NODES("nodes"), FEED("feed"), CLIENTS("clients"), PROBE("probe"), METRICS("metrics");

    private final String key;

    SourceKind(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
