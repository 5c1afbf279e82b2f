package io.lockkeeper.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ModalPane;
import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.ui.UiSettings;
import io.lockkeeper.ui.WindowFixture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.service.query.NodeQuery;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class ConsoleJourneyTest {
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

    /// The only one that knows ids: a page of the console.
    private record Page(FxRobot robot, WindowFixture fixture) {
        private NodeQuery find(String query) {
            return query.startsWith("#")
                    ? robot.lookup((Node node) -> query.substring(1).equals(node.getId()))
                    : robot.lookup(query);
        }

        Page await(String query) throws TimeoutException {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> find(query).tryQuery().isPresent());
            return this;
        }

        Page press(String query) {
            robot.interact(() -> find(query).queryAs(ButtonBase.class).fire());
            return this;
        }

        String text(String query) {
            return find(query).queryAs(Labeled.class).getText();
        }

        boolean disabled(String query) {
            return find(query).queryAs(Button.class).isDisabled();
        }

        boolean shows(String words) {
            return robot.lookup((Label label) -> label.isVisible() && label.getText() != null && label.getText().contains(words))
                    .tryQuery()
                    .isPresent();
        }

        List<Command> given() throws TimeoutException {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !fixture.access.given.isEmpty());
            return fixture.access.given;
        }
    }

    private Page open(FxRobot robot, Scenes.Scene scene) throws TimeoutException {
        var made = new WindowFixture(scene, UiSettings.Theme.LIGHT, List.of());
        fixture = made;
        robot.interact(() -> {
            made.window.show(Objects.requireNonNull(stage));
            made.window.open(made.choice);
        });
        return new Page(robot, made).await("#links");
    }

    @Test
    @Promise(6)
    void nothingConnectedIsSaidLoudlyAndNoValueIsShownAsIfItWereTrue(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.nothingConnected());
        assertThat(page.text("#lost")).contains("Nobody is reading this environment").contains("40 s old");
        assertThat(page.shows("wrong user or password")).isTrue();
        assertThat(page.shows("0 of 3 nodes known to serve")).isTrue();
    }

    @Test
    void anActionIsGivenOnlyAfterItsSheetNamedTargetAndEveryParameter(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.waitsForGo()).await("#primary").press("#primary").await("#sheet-confirm");
        assertThat(page.text("#sheet-confirm")).isEqualTo("Drain ws-1");
        assertThat(page.shows("20s for clients to leave by themselves")).isTrue();
        assertThat(fixture().access.given).isEmpty();
        page.press("#sheet-confirm");
        assertThat(page.given()).singleElement().isInstanceOf(Command.Go.class);
    }

    /// What lies over the window is in sight, and stays there for longer than anything fades.
    private static void staysInSight(FxRobot robot, BooleanSupplier there) throws TimeoutException {
        var frames = new AtomicInteger();
        var pane = robot.lookup(".modal-pane").query();
        var counting = new AnimationTimer() {
            @Override
            public void handle(long now) {
                boolean seen = pane.getOpacity() == 1 && pane.getViewOrder() < ModalPane.Z_BACK && there.getAsBoolean();
                frames.set(seen ? frames.get() + 1 : 0);
            }
        };
        robot.interact(counting::start);
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> frames.get() > 40);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "not in sight for 40 frames: opacity " + pane.getOpacity() + ", view order " + pane.getViewOrder()
                            + ", there: " + there.getAsBoolean(),
                    e);
        } finally {
            robot.interact(counting::stop);
        }
    }

    /// Straight to where it belongs: which window a display without a window manager gives its keys to is the display's own affair.
    private static void pressed(Node target, KeyCode key, boolean control) {
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, control, false, false));
    }

    @Test
    void whatIsChosenInThePaletteOpensItsSheetAlthoughThePaletteIsStillGoing(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.waitsForGo());
        robot.interact(() -> pressed(robot.lookup("#links").query().getScene().getRoot(), KeyCode.K, true));
        page.await("#palette-query");
        robot.interact(() -> {
            var query = robot.lookup("#palette-query").queryAs(TextField.class);
            query.setText("roll back");
            pressed(query, KeyCode.ENTER, false);
        });
        staysInSight(robot, () -> page.find("#sheet-confirm").tryQuery().isPresent());
    }

    @Test
    void aRefusalThatComesAtOnceIsNotSwallowedByTheSheetThatGoes(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.waitsForGo());
        fixture().access.refuse("ws-1 was drained by somebody else");
        page.await("#primary").press("#primary").await("#sheet-confirm").press("#sheet-confirm");
        staysInSight(robot, () -> page.shows("ws-1 was drained by somebody else"));
    }

    @Test
    @Promise(1)
    void aCommandIsGivenOnlyAfterItsSheetSaidLiterallyWhatIsRunAndWhatUndoesIt(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.commandWaits()).await("#primary").press("#primary").await("#sheet-confirm");
        assertThat(page.text("#sheet-confirm")).isEqualTo("Run flush for ws-2");
        assertThat(page.shows("./flush.sh ws-2")).isTrue();
        assertThat(page.shows("empty prints \"0\"")).isTrue();
        assertThat(page.shows("./empty.sh ws-2")).isTrue();
        assertThat(page.shows("nothing: the way back does not undo it")).isTrue();
        assertThat(fixture().access.given).isEmpty();
        page.press("#sheet-confirm");
        assertThat(page.given()).singleElement().isInstanceOf(Command.Go.class);
    }

    @Test
    @Promise(1)
    void whereAPersonHasToLookTheyAreAskedAndWhatTheySeeIsGiven(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.personAsked()).await("#was-applied");
        assertThat(page.shows("You are asked, about command flush(ws-2): does the front page show today?")).isTrue();
        assertThat(robot.lookup("#primary").tryQuery()).isEmpty();
        robot.interact(() -> robot.lookup("#seen").queryAs(TextField.class).setText("it shows today"));
        page.press("#was-applied");
        assertThat(page.given()).singleElement().isInstanceOfSatisfying(Command.Settle.class, settle -> {
            assertThat(settle.applied()).isTrue();
            assertThat(settle.evidence()).isEqualTo("it shows today");
        });
    }

    private WindowFixture fixture() {
        return Objects.requireNonNull(fixture);
    }

    @Test
    void theWayBackIsOneSheetAwayAndNamesTheNodesInOrder(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.gateFailed()).await("#act-run.rollback").press("#act-run.rollback").await("#sheet-confirm");
        assertThat(page.shows("to v1, back into rotation")).isTrue();
        page.press("#sheet-confirm");
        assertThat(page.given()).singleElement().isInstanceOf(Command.RollBack.class);
    }

    @Test
    void skippingAVerificationNeedsAReason(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.gateFailed()).await(".step-card")
                .press("#act-unverified.roll[ws-1]/resumes").await("#act-reason");
        assertThat(page.disabled("#sheet-confirm")).isTrue();
        robot.interact(() -> robot.lookup("#act-reason").queryAs(TextField.class).setText("incident 42"));
        assertThat(page.disabled("#sheet-confirm")).isFalse();
    }

    @Test
    @Promise(1)
    void anUnknownOutcomeIsLoudAndNeverLooksDone(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.unknown()).await(".step-card");
        assertThat(page.shows("OUTCOME UNKNOWN: deploy ws-1")).isTrue();
        assertThat(page.shows("nothing is sent again")).isTrue();
        page.press("#was-applied");
        assertThat(page.given()).singleElement().isInstanceOfSatisfying(Command.Settle.class,
                settle -> assertThat(settle.evidence()).isEmpty());
    }

    @Test
    void aShiftedGroundOffersToOrderItAgain(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.drifted()).await("#act-drift.ws-1.edge");
        assertThat(page.shows("the balancer was reloaded, or somebody else changed it")).isTrue();
        page.press("#act-drift.ws-1.edge").await("#sheet-confirm").press("#sheet-confirm");
        assertThat(page.given()).singleElement().isInstanceOf(Command.Reassert.class);
    }

    @Test
    void aRunThatEndedSaysWhatThatRestsOnAndItsWayBackIsNoLongerArmed(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.ended()).await("#place-Run").press("#place-Run").await("#nodes-now");
        assertThat(page.shows("The run ended: succeeded")).isTrue();
        assertThat(page.shows("ws-2 is drained, proved by count")).isTrue();
        assertThat(page.shows("No longer armed")).isTrue();
        assertThat(page.shows("Armed.")).isFalse();
    }

    @Test
    void theLogOfANodeIsOnePressAway(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.healthy()).await("#log-ws-2").press("#log-ws-2").await("#log");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> page.shows("The last 2 lines"));
        assertThat(robot.lookup("#log").queryAs(TextArea.class).getText()).contains("ws-2 accepts sessions");
    }

    @Test
    void anOlderRunsJournalIsReadInTheHistory(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.ended()).await("#place-History").press("#place-History").await("#history");
        robot.interact(() -> robot.lookup("#history").queryTableView().getSelectionModel().select(0));
        page.await("#journal");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !robot.lookup("#journal").queryListView().getItems().isEmpty());
        assertThat(page.shows("Journal of ")).isTrue();
    }

    @Test
    void leavingWhileARunIsOpenSaysFirstWhatBecomesOfIt(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.draining()).await("#leave").press("#leave").await("#sheet-confirm");
        assertThat(page.shows("is not at its end; it is held by window (pid 4711)")).isTrue();
        page.press("#sheet-confirm").await("#open-demo");
    }

    @Test
    void withNoRunOpenTheListOfEnvironmentsIsOnePressAway(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.healthy()).await("#leave").press("#leave").await("#open-demo");
        assertThat(page.shows("Your own services")).isTrue();
    }
}
