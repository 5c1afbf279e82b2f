package io.lockkeeper.main;

import io.lockkeeper.ui.UiSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.LoggerFactory;

/// The window's looks, kept in a small file; one that cannot be read means the defaults.
final class WindowSettings implements UiSettings {
    private static final int DEFAULT_TEXT = 14;
    private final Path file;
    private Theme theme = Theme.SYSTEM;
    private int textSize = DEFAULT_TEXT;

    WindowSettings(Path file) {
        this.file = file;
        try {
            var kept = new Properties();
            kept.load(new StringReader(Files.exists(file) ? Files.readString(file) : ""));
            theme = Theme.valueOf(kept.getProperty("theme", theme.name()));
            textSize = Integer.parseInt(kept.getProperty("textSize", String.valueOf(textSize)));
        } catch (IOException | IllegalArgumentException e) {
            LoggerFactory.getLogger(WindowSettings.class).warn("{} is not readable, defaults are used: {}", file, e.toString());
        }
    }

    @Override
    public Theme theme() {
        return theme;
    }

    @Override
    public int textSize() {
        return textSize;
    }

    @Override
    public void keep(Theme next, int size) {
        if (next == theme && size == textSize) {
            return;
        }
        theme = next;
        textSize = size;
        try {
            OwnerFile.write(file, "theme=" + theme + "\ntextSize=" + textSize + "\n");
        } catch (IOException e) {
            LoggerFactory.getLogger(WindowSettings.class).warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
