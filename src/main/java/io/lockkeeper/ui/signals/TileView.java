package io.lockkeeper.ui.signals;

import io.lockkeeper.ui.control.Parts;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One measured value, large enough to be read from the door, with its age and what it is held against.
final class TileView extends VBox {
    private final Label value = Parts.label("?", "tile-value");
    private final Label note;
    private final Label age;

    /// @param narrow whether note and age go below the value and may take two lines each
    /// @param open what a click, Enter or Space shows; `null` for nothing
    TileView(String id, String title, boolean narrow, @Nullable Runnable open) {
        super(1);
        note = narrow ? Parts.wrapped("", "small") : line();
        age = narrow ? Parts.wrapped("", "small") : line();
        setId("tile-" + id);
        getStyleClass().addAll("panel", "tile");
        setMinWidth(0);
        value.setMinWidth(USE_PREF_SIZE);
        setAccessibleRole(open == null ? AccessibleRole.TEXT : AccessibleRole.BUTTON);
        if (open != null) {
            opens(open);
        }
        setFocusTraversable(true);
        var head = line();
        head.setText(title);
        head.getStyleClass().setAll("label", "muted");
        if (narrow) {
            getChildren().addAll(head, value, note, age);
        } else {
            getChildren().addAll(head, Parts.row(value, note), age);
        }
    }

    private void opens(Runnable open) {
        getStyleClass().add("opens");
        setAccessibleHelp("shows the single episodes");
        Tooltip.install(this, new Tooltip("Click, or Enter, shows the single episodes"));
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                open.run();
            }
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                open.run();
                event.consume();
            }
        });
    }

    /// Cut in the middle where there is no room, for names are told apart by their ends; whole in its tooltip.
    private static Label line() {
        var label = Parts.label("", "small");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setMinWidth(0);
        return label;
    }

    void show(SignalTiles.Tile tile) {
        value.setText(tile.value());
        note.setText(tile.note());
        note.setManaged(!tile.note().isEmpty());
        note.setTooltip(tile.note().isEmpty() ? null : new Tooltip(tile.note()));
        age.setText(tile.trend().isEmpty() ? tile.age() : tile.age() + ", " + tile.trend());
        boolean bad = tile.level() == SignalTiles.Level.BAD;
        boolean unknown = tile.level() == SignalTiles.Level.UNKNOWN;
        style(value, "tile-value", bad ? "bad" : unknown ? "old" : "live");
        style(note, "small", bad ? "bad" : "live");
        style(age, "small", unknown ? "warn-text" : "muted");
        setAccessibleText(String.join(", ", tile.title(), tile.value(), tile.note(), tile.age(), tile.trend()));
    }

    private static void style(Label label, String one, String other) {
        if (!label.getStyleClass().contains(other)) {
            label.getStyleClass().setAll("label", one, other);
        }
    }
}
