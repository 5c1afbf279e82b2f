package io.lockkeeper.ui.palette;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.ui.control.Overlay;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final Supplier<List<ActionItem>> items;

    private PaletteView(Supplier<List<ActionItem>> items, Consumer<ActionItem> perform, Runnable close) {
        this.items = items;
        getStyleClass().addAll("sheet", "palette");
        setMaxSize(620, Region.USE_PREF_SIZE);
        setSpacing(8);
        setId("palette");
        query.setPromptText("What do you want to do?");
        query.setAccessibleText("search for an action");
        query.setId("palette-query");
        query.textProperty().subscribe(this::filter);
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
        list.setPlaceholder(Parts.label("Nothing here is called that.", "muted"));
        list.setOnMouseClicked(_ -> choose(perform, close));
        getChildren().addAll(query, list);
        filter();
    }

    /// @param items all there is to do at the moment, asked again whenever there may be news
    public static PaletteView open(Overlay overlay, Supplier<List<ActionItem>> items, Consumer<ActionItem> perform) {
        var palette = new PaletteView(items, perform, overlay::hide);
        overlay.show(palette, palette.query);
        return palette;
    }

    /// Something may have become possible, or impossible, since; what is chosen stays chosen.
    public void refresh() {
        if (getScene() != null && !seen(matching()).equals(seen(found))) {
            var chosen = list.getSelectionModel().getSelectedItem();
            filter();
            found.stream().filter(item -> chosen != null && item.id().equals(chosen.id())).findFirst()
                    .ifPresent(list.getSelectionModel()::select);
        }
    }

    private static List<String> seen(List<ActionItem> shown) {
        return shown.stream().map(item -> item.id() + " " + item.words() + " " + item.disabledBecause().orElse("")).toList();
    }

    private List<ActionItem> matching() {
        var words = query.getText().toLowerCase(Locale.ROOT).strip();
        return items.get().stream().filter(item -> item.words().toLowerCase(Locale.ROOT).contains(words)).toList();
    }

    private void filter() {
        found.setAll(matching());
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
