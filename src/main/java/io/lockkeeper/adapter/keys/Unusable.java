package io.lockkeeper.adapter.keys;

import java.util.Objects;

/// A key that cannot be made or used; the sentence says what to do.
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why, Throwable cause) {
        super(why, cause);
    }

    Unusable(String why) {
        super(why);
    }

    public String why() {
        return Objects.requireNonNull(getMessage());
    }
}
