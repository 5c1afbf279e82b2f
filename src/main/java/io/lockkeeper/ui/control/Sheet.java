package io.lockkeeper.ui.control;

import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A sheet over the window that says what is about to be done. Escape closes it; Enter never does the thing.
public final class Sheet {
    private static final double TALLEST = 480;
    private static final double USUAL = 620;
    private static final double WIDE = 1000;
    private static final double WIDEST = 1600;
    private static final double MARGIN = 40;
    private final Overlay overlay;

    public Sheet(Overlay overlay) {
        this.overlay = overlay;
    }

    /// @param facts target and every parameter
    /// @param warnings what to know before saying yes
    public void confirm(String title, Map<String, String> facts, List<String> warnings, String verb, Runnable then) {
        var go = Parts.button("sheet-confirm", verb, () -> {
            close();
            then.run();
        }, "danger");
        show(title, List.of(grid(facts), warnings(warnings)), go);
    }

    /// @param content shown in order
    /// @param go the button that does it
    public void show(String title, List<? extends Node> content, Button go) {
        show(title, content, new VBox(), go);
    }

    /// @param footer stays in sight below the content, whatever is scrolled
    public void show(String title, List<? extends Node> content, Node footer, Button go) {
        go.setDefaultButton(false);
        show(title, content, footer, "Cancel", USUAL, go);
    }

    /// Something to read.
    ///
    /// @param more buttons beside the one that closes it
    public void read(String title, Node content, Button... more) {
        show(title, List.of(content), new VBox(), "Close", WIDE, more);
    }

    /// A table to read, as wide as the window allows.
    public void wide(String title, Node content, Button... more) {
        show(title, List.of(content), new VBox(), "Close", Math.clamp(overlay.width() - MARGIN, WIDE, WIDEST), more);
    }

    private void show(String title, List<? extends Node> content, Node footer, String leave, double width, Button... more) {
        var cancel = Parts.button("sheet-cancel", leave, this::close);
        cancel.setCancelButton(true);
        var buttons = new HBox(8, Parts.spring(), cancel);
        buttons.getChildren().addAll(more);
        var body = new VBox(12);
        body.getChildren().addAll(content);
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("sheet-scroll");
        body.heightProperty()
                .addListener((_, _, height) -> scroll.setPrefViewportHeight(Math.min(height.doubleValue() + 2, TALLEST)));
        var box = new VBox(16, Parts.wrapped(title, "sheet-title"), scroll, footer, buttons);
        box.getStyleClass().add("sheet");
        box.setId("sheet");
        box.setMaxSize(width, Region.USE_PREF_SIZE);
        box.setMinWidth(420);
        box.setAccessibleText(title);
        overlay.show(box, cancel);
    }

    public void close() {
        overlay.hide();
    }

    public static Node grid(Map<String, String> facts) {
        var grid = new GridPane(16, 6);
        int row = 0;
        for (var fact : facts.entrySet()) {
            Label value = Parts.wrapped(fact.getValue());
            value.setMaxWidth(400);
            var key = Parts.label(fact.getKey(), "muted");
            key.setMinWidth(Region.USE_PREF_SIZE);
            grid.addRow(row++, key, value);
        }
        return grid;
    }

    public static Node warnings(List<String> warnings) {
        var box = new VBox(4);
        warnings.forEach(warning -> box.getChildren().add(Parts.wrapped("! " + warning, "warn-text")));
        return box;
    }
}
