package io.lockkeeper.ui;

/// The one door to the JavaFX application thread.
public interface FxThread {
    void run(Runnable work);
}
