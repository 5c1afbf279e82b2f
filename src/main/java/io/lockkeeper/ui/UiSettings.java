package io.lockkeeper.ui;

/// What the window remembers of its looks.
public interface UiSettings {
    enum Theme {
        SYSTEM, LIGHT, DARK
    }

    Theme theme();

    /// Points, 10 to 24.
    int textSize();

    void keep(Theme theme, int textSize);
}
