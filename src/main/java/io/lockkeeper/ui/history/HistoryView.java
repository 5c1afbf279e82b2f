package io.lockkeeper.ui.history;

import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.RunSummary;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.ui.control.JournalList;
import io.lockkeeper.ui.control.Parts;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Side;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;

/// Every run of the environment, newest first; the one that is chosen with its journal.
public final class HistoryView extends VBox {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());
    private final MasterDetailPane both = new MasterDetailPane();
    private final Label of = Parts.label("", "muted");
    private final JournalList journal = new JournalList();
    private String shown = "";
    private final ObservableList<RunSummary> runs = FXCollections.observableArrayList();

    /// @param wanted asked for the journal of the run that was chosen
    public HistoryView(Consumer<String> wanted) {
        getStyleClass().add("screen");
        var table = new TableView<>(runs);
        table.setId("history");
        table.setAccessibleText("Runs, newest first");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(Parts.label("No run yet in this environment", "muted"));
        table.getColumns()
                .addAll(List.of(column("Started", run -> TIME.format(run.startedAt()), 175),
                        column("Runbook", RunSummary::title, 180),
                        column("How it ended", HistoryView::ending, 260), column("By", RunSummary::actor, 120),
                        column("Took", HistoryView::took, 90),
                        column("Unknown", run -> run.unknowns() == 0 ? "none" : run.unknowns() + " UNKNOWN", 100),
                        column("Run", RunSummary::run, 260)));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, chosen) -> {
            if (chosen != null && !chosen.run().equals(shown)) {
                shown = chosen.run();
                both.setShowDetailNode(true);
                of.setText("Journal of " + shown);
                wanted.accept(shown);
            }
        });
        VBox.setVgrow(journal, Priority.ALWAYS);
        both.setMasterNode(table);
        both.setDetailNode(new VBox(6, of, journal));
        both.setDetailSide(Side.BOTTOM);
        both.setDividerPosition(0.45);
        both.setAnimated(false);
        both.setShowDetailNode(false);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().addAll(Parts.label("History", "screen-title"), both);
    }

    private static TableColumn<RunSummary, String> column(String title, Function<RunSummary, String> text, double width) {
        var column = new TableColumn<RunSummary, String>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setPrefWidth(width);
        column.setSortable(false);
        return column;
    }

    private static String ending(RunSummary run) {
        var ending = run.ending();
        var words = ending == null ? "open" : switch (ending) {
            case SUCCEEDED -> "\u2714 " + ending.words();
            case ROLLED_BACK -> "\u21A9 " + ending.words();
            case ROLLED_FORWARD -> "\u21AA " + ending.words();
            case INCOMPLETE, ABORTED -> "! " + ending.words();
        };
        return run.unverified() == 0 ? words : words + ", " + run.unverified() + " WITHOUT VERIFICATION";
    }

    private static String took(RunSummary run) {
        var ended = run.endedAt();
        if (ended == null) {
            return "";
        }
        var took = Duration.between(run.startedAt(), ended);
        return took.toMinutes() > 0 ? took.toMinutes() + " min " + took.toSecondsPart() + " s" : took.toSeconds() + " s";
    }

    /// Answers what was asked for; an answer about a run that is no longer chosen is dropped.
    public void journal(String run, List<Recorded> events) {
        if (run.equals(shown)) {
            journal.show(run, events);
        }
    }

    public void show(Snapshot snapshot) {
        var current = snapshot.run();
        if (current != null) {
            journal(current.run(), snapshot.events());
        }
        if (!runs.equals(snapshot.runs())) {
            runs.setAll(snapshot.runs());
        }
    }
}
