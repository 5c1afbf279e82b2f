package io.lockkeeper.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.Recorded;
import io.lockkeeper.domain.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class JournalListTest {
    private static final Instant AT = Instant.parse("2026-11-25T03:00:00Z");
    private @Nullable JournalList made;

    private JournalList list() {
        return Objects.requireNonNull(made);
    }

    @Start
    void show(Stage stage) {
        made = new JournalList();
        stage.setScene(new Scene(made, 500, 120));
        stage.show();
    }

    private void hears(FxRobot robot, List<Recorded> events) {
        robot.interact(() -> list().show("r-1", List.copyOf(events)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void theNewestLineIsInSightAfterEachThatComes(FxRobot robot) {
        var events = new ArrayList<Recorded>();
        for (int i = 1; i <= 30; i++) {
            events.add(new Recorded(i, AT, "r-1", new RunEvent.Continued(AT, "kim " + i)));
            hears(robot, events);
            var flow = (VirtualFlow<?>) list().lookup(".virtual-flow");
            assertThat(flow.getLastVisibleCell().getIndex()).as("after line " + i + " at " + flow.getPosition() + " of "
                    + flow.getCellCount() + " first " + flow.getFirstVisibleCell().getIndex()).isEqualTo(i - 1);
        }
    }
}
