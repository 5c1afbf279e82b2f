package io.lockkeeper.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.signals.Quantity;
import io.lockkeeper.app.signals.SeriesKey;
import io.lockkeeper.ui.UiSettings;
import io.lockkeeper.ui.WindowFixture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyEvent;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class SignalsJourneyTest {
    private @Nullable Stage stage;
    private @Nullable WindowFixture fixture;

    @Start
    void keepStage(Stage primary) {
        stage = primary;
    }

    @AfterEach
    void closeWindow(FxRobot robot) {
        var open = fixture;
        if (open != null) {
            robot.interact(open.window::close);
        }
    }

    /// The signals of a scene: the only one that knows ids.
    private record Page(FxRobot robot) {
        private <T extends Node> T find(String id, Class<T> kind) {
            return robot.lookup((Node node) -> id.equals(node.getId())).queryAllAs(kind).iterator().next();
        }

        boolean has(String id) {
            return robot.lookup((Node node) -> id.equals(node.getId())).tryQuery().isPresent();
        }

        String tile(String id) {
            return find("tile-" + id, Node.class).getAccessibleText();
        }

        String chart(String node) {
            press("section-Nodes");
            var plot = find("chart-" + node, Node.class).lookup(".plot");
            return (String) plot.queryAccessibleAttribute(AccessibleAttribute.TEXT);
        }

        Page press(String id) {
            robot.interact(() -> find(id, ToggleButton.class).fire());
            return this;
        }

        boolean shows(String words) {
            return robot.lookup((Label label) -> label.isVisible() && String.valueOf(label.getText()).contains(words)).tryQuery()
                    .isPresent();
        }
    }

    private Page open(FxRobot robot, Scenes.Scene scene) throws TimeoutException {
        var made = new WindowFixture(scene, UiSettings.Theme.LIGHT, List.of());
        fixture = made;
        robot.interact(() -> {
            made.window.show(Objects.requireNonNull(stage));
            made.window.open(made.choice);
        });
        var page = new Page(robot);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.has("place-Signals"));
        return page;
    }

    private Page signals(FxRobot robot, Scenes.Scene scene) throws TimeoutException {
        return open(robot, scene).press("place-Signals");
    }

    @Test
    void theScreenIsOpenedByItsShortcutToo(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.healthy());
        var keys = new KeyCodeCombination(KeyCode.DIGIT2, KeyCombination.SHORTCUT_DOWN);
        robot.interact(() -> Objects.requireNonNull(Objects.requireNonNull(stage).getScene().getAccelerators().get(keys)).run());
        assertThat(page.has("tile-serving")).isTrue();
    }

    @Test
    @Promise(6)
    void everyTileHasItsValueItsAgeAndWhatItIsHeldAgainst(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signals());
        assertThat(page.tile("serving")).startsWith("Nodes known to serve, 3 of 3, floor: at least 1, read 0 s ago");
        assertThat(page.tile("connections")).startsWith("Open connections, 30, by balancers; nodes say 30, read 0 s ago");
        assertThat(page.chart("ws-1")).startsWith("ws-1, last 15 min; balancers 0, 0 s (between 0 and 10); itself 0, 0 s")
                .contains("gaps").contains("ready yes, 0 s");
    }

    @Test
    @Promise(2)
    void whatIsNotMeasuredIsSaidAndHasNoTile(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signals());
        assertThat(page.shows("No sentinels: reconnections are not measured.")).isTrue();
        assertThat(page.shows("No event feed: sessions are not known by name.")).isTrue();
        assertThat(page.has("tile-sessions")).isFalse();
    }

    @Test
    @Promise(6)
    void withNothingConnectedNoValueIsShownAsIfItWereTrue(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.nothingConnected());
        assertThat(page.tile("serving")).isEqualTo("Nodes known to serve, ?, floor: at least 1, never read, ");
        assertThat(page.tile("ready")).contains("?, , no node says anything");
        assertThat(page.chart("ws-1")).contains("balancers: never read; itself: never read; ready: never read");
    }

    @Test
    @Promise(6)
    void whatIsOldSaysSoOnEveryTileAndInEveryChart(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsLost());
        assertThat(page.tile("serving")).contains("was 3 of 3").contains("48 s OLD, may be wrong");
        assertThat(page.tile("connections")).contains("48 s OLD, may be wrong");
        assertThat(page.chart("ws-2")).contains("balancers 15, 48 s OLD").contains("ready yes, 48 s OLD");
    }

    @Test
    @Promise(8)
    void aSilentNodeIsNamedAndTheOthersAreShown(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsOfManyNodes());
        assertThat(page.tile("ready")).contains("13 of 14, silent: eu-central-1-production-websocket-gateway-03");
        assertThat(page.tile("sessions")).startsWith("Sessions open, 1,120, by the event feed, read ");
        page.press("section-Nodes");
        assertThat(page.has("chart-eu-central-1-production-websocket-gateway-12")).isTrue();
        assertThat(page.shows("1 to 12 of 14")).isTrue();
    }

    @Test
    void theRangeIsChosen(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signals()).press("range-1h");
        assertThat(page.chart("ws-1")).startsWith("ws-1, last 60 min");
        assertThat(page.press("range-5min").chart("ws-1")).startsWith("ws-1, last 5 min");
    }

    @Test
    void whatIsReadWhileTheScreenIsOpenIsAdded(FxRobot robot) throws TimeoutException {
        var scene = Scenes.signals();
        var page = signals(robot, scene);
        var key = SeriesKey.of(Quantity.CONNECTIONS_TOTAL);
        int before = scene.signals().points(key).size();
        var lost = scene.snapshot();
        Objects.requireNonNull(fixture).access.show(new Snapshot(lost.at(), lost.holder(), false, lost.fleet(), lost.links(),
                lost.run(), lost.events(), lost.runs(), lost.knownGood(), lost.control(), lost.notices()));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.tile("connections").contains("OLD"));
        assertThat(scene.signals().points(key).size()).isEqualTo(before);
    }

    private static void awaitEpisodes(Page page) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.has("episodes-summary") && page.shows("read at"));
    }

    @Test
    void aScenarioIsOpenedByTheKeyboardDownToItsSingleEpisodes(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsFired());
        var tile = page.find("tile-graceful", Node.class);
        robot.interact(tile::requestFocus);
        robot.interact(() -> Event.fireEvent(tile,
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false)));
        awaitEpisodes(page);
        assertThat(page.shows("5 of 10 episodes, of 5 clients, read at")).isTrue();
        TableView<?> table = page.find("episodes", TableView.class);
        robot.interact(() -> table.getSelectionModel().select(0));
        assertThat(page.find("episodes-detail", Label.class).getText()).contains(", graceful: lost at ")
                .contains("(closed 1012) from ws-1 / v1");
    }

    @Test
    void aCauseIsOpenedAndWhatIsShownIsCopiedAndWritten(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsFired());
        assertThat(page.shows("5 of 10 attempts failed in 5 min")).isTrue();
        robot.interact(() -> page.find("cause-status-503", Button.class).fire());
        awaitEpisodes(page);
        assertThat(page.shows("5 of 10 episodes, of 5 clients, read at")).isTrue();
        robot.interact(() -> page.find("episodes-copy", Button.class).fire());
        var copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0].lines()).hasSize(6).anyMatch(line -> line.startsWith("sim,sentinel-6,sentinel,"));
        robot.interact(() -> page.find("episodes-save", Button.class).fire());
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.shows("5 episodes written to exports/episodes-"));
        assertThat(Objects.requireNonNull(fixture).exported.values()).containsExactly(copied[0]);
    }

    @Test
    void theHistoryIsReadForALongerTime(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsFired());
        robot.interact(() -> page.find("episodes-open", Button.class).fire());
        awaitEpisodes(page);
        assertThat(page.shows("10 episodes, of 10 clients, read at")).isTrue();
        TableView<?> table = page.find("episodes", TableView.class);
        assertThat(table.getVisibleLeafColumns()).extracting(TableColumn::getText).doesNotContain("Our own fault");
        robot.interact(() -> page.find("episodes-span", ComboBox.class).getSelectionModel().select(2));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.shows("11 episodes, of 10 clients, read at"));
        assertThat(table.getVisibleLeafColumns()).extracting(TableColumn::getText).contains("Our own fault");
        robot.interact(() -> page.find("episodes-kind", ComboBox.class).getSelectionModel().selectLast());
        assertThat(page.shows("1 of 11 episodes, of 1 client, read at")).isTrue();
        robot.interact(() -> table.getSelectionModel().select(0));
        assertThat(page.find("episodes-detail", Label.class).getText())
                .contains("Lockkeeper itself was at fault, and what it met then does not count: ", "all 2 control targets");
    }

    @Test
    @Promise(2)
    void withoutClientsAnEmptyListSaysWhatIsMissing(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signals());
        assertThat(page.find("causes", Node.class).getParent().isVisible()).isFalse();
        robot.interact(() -> page.find("episodes-open", Button.class).fire());
        awaitEpisodes(page);
        assertThat(page.shows("Nobody lost a connection in this time that anybody saw: this environment has no clients of ours."))
                .isTrue();
    }

    @Test
    void nodesAndSourcesAreOnePressAwayAndWhatDisagreesIsSaidOnTheButton(FxRobot robot) throws TimeoutException {
        var page = signals(robot, Scenes.signalsBySource());
        assertThat(page.find("section-Sources", ToggleButton.class).getText()).isEqualTo("Sources: 1 disagrees");
        page.press("section-Sources");
        assertThat(page.has("signals-by-source")).isTrue();
        assertThat(page.shows("sum of 3 nodes")).isTrue();
        page.press("section-Nodes");
        assertThat(page.find("node-matrix", TableView.class).getItems().size()).isEqualTo(3);
        page.press("section-Overview");
        assertThat(page.shows("40.7 min left of 43.2 min; watched 72 h of 720 h")).isTrue();
    }
}
