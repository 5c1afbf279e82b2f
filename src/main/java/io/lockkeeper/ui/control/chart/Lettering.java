package io.lockkeeper.ui.control.chart;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// How much room words take in one font. Remembers what it measured: the same words come again with every drawing.
final class Lettering {
    private static final int MOST = 500;
    private final Font font;
    private final double height;
    private final Map<String, Double> widths = new HashMap<>();

    Lettering(Font font) {
        this.font = font;
        this.height = Math.ceil(text("Hg").getLayoutBounds().getHeight());
    }

    Font font() {
        return font;
    }

    double height() {
        return height;
    }

    double width(String words) {
        if (widths.size() > MOST) {
            widths.clear();
        }
        return widths.computeIfAbsent(words, one -> Math.ceil(text(one).getLayoutBounds().getWidth()));
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

    private Text text(String words) {
        var text = new Text(words);
        text.setFont(font);
        return text;
    }
}
