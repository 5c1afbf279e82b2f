package io.lockkeeper.ui.fleet;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.ui.control.Background;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/// The newest lines of one node's log, as its lifecycle tells them.
public final class LogSheet {
    private static final int LINES = 200;
    private final EnvironmentAccess access;
    private final Background background;
    private final InstantSource clock;
    private final String node;
    private final TextArea text = new TextArea();
    private final Label read = Parts.wrapped("", "muted");

    public LogSheet(EnvironmentAccess access, Background background, InstantSource clock, String node) {
        this.access = access;
        this.background = background;
        this.clock = clock;
        this.node = node;
    }

    public void open(Sheet sheet) {
        text.setId("log");
        text.setEditable(false);
        text.setPrefRowCount(20);
        text.getStyleClass().add("log");
        text.setAccessibleText("log of " + node);
        sheet.read("Log of " + node, new VBox(8, read, text), Parts.button("log-again", "Read again", this::load, "accent"));
        load();
    }

    private void load() {
        read.setText("Reading ...");
        background.start(() -> access.logTail(node, LINES), this::show, why -> read.setText("The log cannot be read: " + why));
    }

    private void show(List<String> lines) {
        Instant now = clock.instant();
        read.setText(lines.isEmpty()
                ? "The log is empty, read at " + Words.time(now)
                : "The last " + lines.size() + " lines, read at " + Words.time(now));
        text.setText(String.join("\n", lines));
        text.setScrollTop(Double.MAX_VALUE);
    }
}
