package io.lockkeeper.domain.fleet;

/// What a balancer's own health checks say a node is. `UNCHECKED` is a server without checks: up as far as anybody knows.
public enum ObservedState {
    UP("up"), STARTING("starting"), DOWN("down"), STOPPING("stopping"), UNCHECKED("unchecked"), UNKNOWN("unknown");

    private final String words;

    ObservedState(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// True where the balancer would send a connection, were the node enabled.
    public boolean serves() {
        return this == UP || this == UNCHECKED;
    }
}
