package io.lockkeeper.ui.signals;

import java.time.Duration;

/// How far back the charts reach.
enum Range {
    SHORT("5 min", 5), MIDDLE("15 min", 15), LONG("1 h", 60);

    private final String words;
    private final int minutes;

    Range(String words, int minutes) {
        this.words = words;
        this.minutes = minutes;
    }

    String words() {
        return words;
    }

    Duration span() {
        return Duration.ofMinutes(minutes);
    }
}
