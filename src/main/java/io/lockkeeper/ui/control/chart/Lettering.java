package io.lockkeeper.ui.control.chart;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// How much room words take.
record Lettering(Font font) {
    double width(String words) {
        return bounds(words).width();
    }

    double height() {
        return bounds("Hg").height();
    }

    /// The longest beginning of the words that has room.
    String within(String words, double room) {
        if (width(words) <= room) {
            return words;
        }
        int end = words.length();
        while (end > 0 && width(words.substring(0, end) + "\u2026") > room) {
            end--;
        }
        return words.substring(0, end) + "\u2026";
    }

    private record Size(double width, double height) {}

    private Size bounds(String words) {
        var text = new Text(words);
        text.setFont(font);
        return new Size(Math.ceil(text.getLayoutBounds().getWidth()), Math.ceil(text.getLayoutBounds().getHeight()));
    }
}
