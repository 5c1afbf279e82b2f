package io.lockkeeper.domain.signal;

/// What kind of quantity a signal is.
public enum Shape {
    /// How it is now: a number that goes up and down.
    LEVEL("level"),
    /// Good ones among all over a window, with an interval.
    SHARE("share"),
    /// How many over a window.
    COUNT("count"),
    /// The mean of durations over a window.
    TIME("mean time"),
    /// Yes or no.
    TRUTH("yes or no"),
    /// A word.
    TEXT("word");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
