package io.lockkeeper.ui.palette;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.ui.control.Overlay;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Everything that can be done, found by typing. What cannot be done now is there too and says why.
public final class PaletteView extends VBox {
    private final ObservableList<ActionItem> found = FXCollections.observableArrayList();
    private final ListView<ActionItem> list = new ListView<>(found);
    private final TextField query = new TextField();

    private PaletteView(List<ActionItem> items, Consumer<ActionItem> perform, Runnable close) {
        getStyleClass().addAll("sheet", "palette");
        setMaxSize(620, Region.USE_PREF_SIZE);
        setSpacing(8);
        setId("palette");
        query.setPromptText("What do you want to do?");
        query.setAccessibleText("search for an action");
        query.setId("palette-query");
        query.textProperty().addListener((_, _, text) -> filter(items, text));
        query.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.DOWN) {
                list.getSelectionModel().selectNext();
            } else if (key.getCode() == KeyCode.UP) {
                list.getSelectionModel().selectPrevious();
            } else if (key.getCode() == KeyCode.ENTER) {
                choose(perform, close);
            }
        });
        list.setCellFactory(_ -> new Cell());
        list.setPrefHeight(320);
        list.setOnMouseClicked(_ -> choose(perform, close));
        getChildren().addAll(query, list);
        filter(items, "");
    }

    public static void open(Overlay overlay, List<ActionItem> items, Consumer<ActionItem> perform) {
        var palette = new PaletteView(items, perform, overlay::hide);
        overlay.show(palette, palette.query);
    }

    private void filter(List<ActionItem> items, String text) {
        var words = text.toLowerCase(Locale.ROOT).strip();
        found.setAll(items.stream().filter(item -> item.words().toLowerCase(Locale.ROOT).contains(words)).toList());
        list.getSelectionModel().selectFirst();
    }

    /// Choosing opens the action's own sheet where it is disruptive: Enter here never does such a thing by itself.
    private void choose(Consumer<ActionItem> perform, Runnable close) {
        var chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.enabled()) {
            close.run();
            perform.accept(chosen);
        }
    }

    private static final class Cell extends ListCell<ActionItem> {
        @Override
        protected void updateItem(ActionItem item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty
                    ? null
                    : Parts.row(Parts.label(item.words(), item.enabled() ? "strong" : "muted"), Parts.spring(),
                            Parts.label(item.disabledBecause().orElse(item.shortcut().replace("Shortcut", "Ctrl")), "muted",
                                    "small")));
        }
    }
}
