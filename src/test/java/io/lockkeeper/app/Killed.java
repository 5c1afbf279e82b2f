package io.lockkeeper.app;

/// The process is gone: nothing catches this but the one who ended it.
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String moment) {
        super(moment, null, false, false);
    }
}
