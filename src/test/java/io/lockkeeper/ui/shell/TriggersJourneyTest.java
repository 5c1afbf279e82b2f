package io.lockkeeper.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.ui.UiSettings;
import io.lockkeeper.ui.WindowFixture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
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
class TriggersJourneyTest {
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

    /// The only one that knows ids.
    private record Page(FxRobot robot) {
        private <T extends Node> T find(String id, Class<T> kind) {
            return robot.lookup((Node node) -> id.equals(node.getId()) && kind.isInstance(node)).queryAllAs(kind).iterator()
                    .next();
        }

        boolean has(String id) {
            return robot.lookup((Node node) -> id.equals(node.getId()) && node.isVisible()).tryQuery().isPresent();
        }

        String says(String id) {
            return find(id, Label.class).getText();
        }

        String told(String id) {
            return find(id, Node.class).getAccessibleText();
        }

        boolean enabled(String id) {
            return !find(id, Button.class).isDisabled();
        }

        Page press(String id) {
            robot.interact(() -> find(id, ButtonBase.class).fire());
            return this;
        }

        Page type(String id, String text) {
            robot.interact(() -> find(id, TextField.class).setText(text));
            return this;
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

    @Test
    void whatFiredIsOnEveryScreenWithItsEvidence(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsFired());
        for (var place : List.of("place-Fleet", "place-Signals", "place-Runbooks", "place-Run", "place-History")) {
            page.press(place);
            assertThat(page.says("fired-success-rate"))
                    .startsWith("TRIGGER success-rate fired 70 s ago: by client 50 % (5 of 10)");
        }
    }

    @Test
    @Promise(3)
    void theWayBackOfTheOpenRunIsOneSheetAway(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.firedInRun());
        assertThat(page.enabled("band-run.rollback")).isTrue();
        page.press("band-run.rollback").type("act-reason", "success-rate").press("sheet-confirm");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !Objects.requireNonNull(fixture).access.given.isEmpty());
        assertThat(Objects.requireNonNull(fixture).access.given).singleElement().isInstanceOf(Command.RollBack.class);
    }

    @Test
    void itIsAcknowledgedWithAReasonAndNotWithout(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsFired()).press("band-trigger.success-rate");
        assertThat(page.enabled("sheet-confirm")).isFalse();
        page.type("act-reason", "the balancer was down").press("sheet-confirm");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !Objects.requireNonNull(fixture).access.given.isEmpty());
        assertThat(Objects.requireNonNull(fixture).access.given).singleElement().isInstanceOfSatisfying(
                Command.AcknowledgeTrigger.class, given -> {
                    assertThat(given.trigger()).isEqualTo("success-rate");
                    assertThat(given.reason()).isEqualTo("the balancer was down");
                });
    }

    @Test
    void whoVotesSaysWhichWayAndWhy(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsFired()).press("place-Signals").press("report-consensus");
        assertThat(page.enabled("sheet-confirm")).isFalse();
        page.type("act-reason", "it is the release");
        assertThat(page.enabled("sheet-confirm")).as("neither for nor against").isFalse();
        page.press("vote-for").press("sheet-confirm");
        assertThat(given()).isInstanceOfSatisfying(Command.Tell.class,
                told -> assertThat(told.report()).isInstanceOfSatisfying(Report.Voted.class, vote -> {
                    assertThat(vote.rollBack()).isTrue();
                    assertThat(vote.words()).isEqualTo("kim votes for going back: it is the release");
                }));
    }

    private Command given() throws TimeoutException {
        var access = Objects.requireNonNull(fixture).access;
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !access.given.isEmpty());
        return access.given.getFirst();
    }

    @Test
    void aRiseOfTicketsNeedsItsFigureAndAReason(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsFired()).press("place-Signals");
        assertThat(page.has("report-success-rate")).as("it only measures").isFalse();
        page.press("report-tickets").type("act-reason", "from the desk");
        for (var wrong : List.of("", "many", "-3", "1000000")) {
            assertThat(page.type("report-percent", wrong).enabled("sheet-confirm")).as(wrong).isFalse();
        }
        page.type("report-percent", "25 %").press("sheet-confirm");
        assertThat(given()).isInstanceOfSatisfying(Command.Tell.class, told -> assertThat(told.report().words())
                .isEqualTo("kim reports tickets 25 % over their baseline: from the desk"));
    }

    @Test
    void everyTriggerIsListedWithWhereItStands(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsFired()).press("place-Signals");
        assertThat(page.told("trigger-success-rate")).startsWith("success-rate, FIRED by client 50 %");
        assertThat(page.told("trigger-success-alert")).isEqualTo("success-alert, holding 2:10 of 5:00, by client 50 % (5 of 10)");
        assertThat(page.told("trigger-slower-reconnects")).startsWith("slower-reconnects, BLIND no baseline");
        assertThat(page.told("trigger-data-loss")).startsWith("data-loss, quiet");
        assertThat(page.told("tile-success")).startsWith("Reconnected, 5 min, 50 %, BELOW 80 %, 5 of 10: 23 to 77 %");
        assertThat(page.told("tile-out")).startsWith("Clients out now, 5, of 10");
    }

    @Test
    @Promise(10)
    void aDoubtOfItselfIsOnEveryScreenAndTheTriggersAreBlindForIt(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsDoubted());
        for (var place : List.of("place-Fleet", "place-Run", "place-Signals")) {
            page.press(place);
            assertThat(page.has("doubt")).isTrue();
            assertThat(page.says("doubt-words")).startsWith("OBSERVER_FAULT since ")
                    .contains("all 2 control targets outside the service fail too")
                    .endsWith("every trigger that measures is blind");
        }
        assertThat(page.says("trust")).isEqualTo("0 of 2 control targets answer"
                + "; https://intranet.example.org/ last answered 41 s ago: no answer within 2000 ms"
                + "; tcp://10.0.0.1:53 last answered 41 s ago: no answer within 2000 ms");
        assertThat(page.told("trigger-success-rate")).startsWith("success-rate, BLIND the observer itself is at fault");
    }

    @Test
    @Promise(10)
    void withoutControlTargetsTheWindowSaysByWhatAFaultOfItsOwnCouldBeTold(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsQuiet()).press("place-Signals");
        assertThat(page.has("doubt")).isFalse();
        assertThat(page.says("trust")).startsWith("no control targets: a fault of the own network can be told only by counts");
    }

    @Test
    @Promise(2)
    void withoutSamplesATileSaysNoDataAndNothingHasFired(FxRobot robot) throws TimeoutException {
        var page = open(robot, Scenes.signalsQuiet()).press("place-Signals");
        assertThat(page.told("tile-success")).contains("NO DATA").contains("nobody had to come back");
        assertThat(page.told("tile-handoff")).contains("NO DATA");
        assertThat(page.told("tile-continuity")).contains("NO DATA");
        assertThat(page.has("triggers-fired")).isFalse();
    }
}
