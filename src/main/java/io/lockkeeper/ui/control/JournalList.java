package io.lockkeeper.ui.control;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;

/// The journal of a run as it grows, newest at the end.
public final class JournalList extends ListView<Recorded> {
    private static final PseudoClass LOUD = PseudoClass.getPseudoClass("loud");
    private static final double ROW = 24;
    private final ObservableList<Recorded> events = FXCollections.observableArrayList();
    private String run = "";

    public JournalList() {
        setItems(events);
        setId("journal");
        getStyleClass().add("journal");
        setAccessibleText("Journal of the run");
        setCellFactory(_ -> new Cell());
        setFocusTraversable(true);
        setFixedCellSize(ROW);
        heightProperty().addListener((_, _, _) -> followEnd());
    }

    public void show(String ofRun, List<Recorded> all) {
        if (!ofRun.equals(run) || all.size() < events.size()) {
            run = ofRun;
            events.setAll(all);
            followEnd();
        } else if (all.size() > events.size()) {
            events.addAll(all.subList(events.size(), all.size()));
            followEnd();
        }
    }

    /// `scrollTo` guesses where a row is that was not laid out yet, and stops short of the newest; the end itself needs no guess.
    private void followEnd() {
        layout();
        if (lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.setPosition(1);
        }
    }

    private static final class Cell extends ListCell<Recorded> {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

        @Override
        protected void updateItem(Recorded recorded, boolean empty) {
            super.updateItem(recorded, empty);
            setPrefWidth(0); // as wide as the list, never wider
            var words = empty ? null : EventWords.of(recorded.event());
            setTooltip(words == null || words.length() < 100 ? null : new Tooltip(words));
            setText(empty ? null : TIME.format(recorded.at()) + "  " + words);
            pseudoClassStateChanged(LOUD, !empty && loud(recorded.event()));
        }

        private static boolean loud(RunEvent event) {
            return switch (event) {
                case RunEvent.StepFailed _,RunEvent.RollbackOrdered _,RunEvent.Held _,RunEvent.DriftNoticed _,RunEvent.StragglersFound _,RunEvent.StepSkipped _,RunEvent.StepBlocked _,RunEvent.AbortOrdered _ ->
                    true;
                case RunEvent.SoakPaused paused -> paused.bad();
                case RunEvent.OpSettled settled ->
                    settled.outcome() instanceof Outcome.Unknown || settled.outcome() instanceof Outcome.Refused;
                default -> false;
            };
        }
    }
}
