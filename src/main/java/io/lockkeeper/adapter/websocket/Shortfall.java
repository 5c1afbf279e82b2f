package io.lockkeeper.adapter.websocket;

/// What a probe met instead of what it hoped for; the message is for the operator.
final class Shortfall extends Exception {
    private static final long serialVersionUID = 1L;
    private final String met;

    Shortfall(String met) {
        super(met, null, false, false);
        this.met = met;
    }

    String met() {
        return met;
    }
}
