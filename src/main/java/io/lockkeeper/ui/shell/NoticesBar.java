package io.lockkeeper.ui.shell;

import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The newest notice at the bottom of the window, and all of them one click away.
final class NoticesBar extends HBox {
    private final Sheet sheet;
    private final Label newest = new Label();
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final Button all = Parts.button("notices", "Notices", this::open, "small", "flat");

    NoticesBar(Sheet sheet) {
        super(8);
        this.sheet = sheet;
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("notice");
        newest.setId("notice");
        newest.setMaxWidth(Double.MAX_VALUE);
        newest.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        newest.setMinWidth(0);
        HBox.setHgrow(newest, Priority.ALWAYS);
        getChildren().addAll(newest, all);
    }

    void show(List<Notice> next, Instant now) {
        if (!notices.equals(next.reversed())) {
            notices.setAll(next.reversed());
            all.setText("Notices (" + next.size() + ")");
        }
        if (!next.isEmpty()) {
            var last = next.getLast();
            say(mark(last) + Words.age(last.at(), now) + " ago: " + last.words());
        }
    }

    void say(String words) {
        if (!words.equals(newest.getText())) {
            newest.setText(words);
            newest.setTooltip(words.length() < 100 ? null : new Tooltip(words));
        }
    }

    private static String mark(Notice notice) {
        return notice.severity() == Notice.Severity.NEWS ? "" : "! ";
    }

    private void open() {
        var list = new ListView<>(notices);
        list.setId("notice-list");
        list.setPrefHeight(360);
        list.setPlaceholder(Parts.label("Nothing to notice so far", "muted"));
        list.setAccessibleText("Notices, newest first");
        list.setCellFactory(_ -> new Cell());
        sheet.read("Notices", list);
    }

    private static final class Cell extends ListCell<Notice> {
        @Override
        protected void updateItem(Notice notice, boolean empty) {
            super.updateItem(notice, empty);
            setPrefWidth(0);
            setWrapText(true);
            setText(empty ? null : mark(notice) + Words.time(notice.at()) + "  " + notice.words());
            getStyleClass().remove("warn-text");
            if (!empty && notice.severity() != Notice.Severity.NEWS) {
                getStyleClass().add("warn-text");
            }
        }
    }
}
