package io.lockkeeper.ui.palette;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.ActionItem.Act;
import io.lockkeeper.app.ActionItem.Risk;
import io.lockkeeper.ui.control.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class PaletteViewTest {
    private final List<ActionItem> items = new ArrayList<>();
    private final List<String> performed = new ArrayList<>();
    private @Nullable PaletteView made;

    private static ActionItem item(String id, String words, @Nullable String disabledBecause) {
        return new ActionItem(id, words, "", Risk.DISRUPTIVE, Optional.ofNullable(disabledBecause), new Act.StartRun(id, false));
    }

    @Start
    void show(Stage stage) {
        var overlay = new Overlay();
        stage.setScene(new Scene(new StackPane(overlay.node()), 800, 600));
        stage.show();
        items.add(item("hold", "Hold", "no run is open"));
        items.add(item("fleet", "Show the fleet", null));
        made = PaletteView.open(overlay, () -> List.copyOf(items), item -> performed.add(item.id()));
    }

    private PaletteView palette() {
        return Objects.requireNonNull(made);
    }

    private static void type(FxRobot robot, String text) {
        robot.interact(() -> robot.lookup("#palette-query").queryAs(TextField.class).setText(text));
    }

    private static void press(FxRobot robot, KeyCode key) {
        robot.interact(() -> Event.fireEvent(robot.lookup("#palette-query").query(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false)));
    }

    private List<String> shown() {
        ListView<?> list = (ListView<?>) palette().lookup(".list-view");
        return list.getItems().stream().map(item -> ((ActionItem) item).words()).toList();
    }

    @Test
    void whatBecomesPossibleWhileItIsOpenIsFoundInIt(FxRobot robot) {
        type(robot, "drain");
        assertThat(shown()).isEmpty();
        assertThat(robot.lookup("Nothing here is called that.").tryQuery()).isPresent();

        items.add(item("drain-node", "Drain one node", null)); // its runbook has been read meanwhile
        robot.interact(palette()::refresh);

        assertThat(shown()).containsExactly("Drain one node");
        press(robot, KeyCode.ENTER);
        assertThat(performed).containsExactly("drain-node");
    }

    @Test
    void whatIsChosenStaysChosenWhenThereIsNews(FxRobot robot) {
        press(robot, KeyCode.DOWN);
        items.set(0, item("hold", "Hold", null));
        items.addFirst(item("drain-node", "Drain one node", null));
        robot.interact(palette()::refresh);

        assertThat(shown()).containsExactly("Drain one node", "Hold", "Show the fleet");
        press(robot, KeyCode.ENTER);
        assertThat(performed).containsExactly("fleet");
    }

    @Test
    void whatCannotBeDoneIsNotDone(FxRobot robot) {
        type(robot, "hold");
        press(robot, KeyCode.ENTER);
        assertThat(performed).isEmpty();
    }
}
