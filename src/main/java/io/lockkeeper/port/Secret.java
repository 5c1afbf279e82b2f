package io.lockkeeper.port;

/// A secret in memory. It shows itself only where asked to by name.
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// The secret itself: for the one header or login that needs it, never for a message.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
