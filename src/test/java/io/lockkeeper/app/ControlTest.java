package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An environment that is read-only until somebody takes control.
class ControlTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NOBODY = "nobody has control of sim: take control first";

    private static GuardedRun guarded() {
        return new GuardedRun(GuardedRun.environment(List.of(), true));
    }

    private static GuardedRun started(boolean guided, Duration control) {
        var run = guarded().taken("kim", control);
        assertThat(run.submit(Plans.start("v2", guided))).isEmpty();
        assertThat(run.submit(new Command.Tick("kim", "before", "ticket", ""))).isEmpty();
        return run;
    }

    private static Optional<StepRun> blocked(GuardedRun run) {
        return run.state().current().stream().filter(step -> step.state() == StepState.BLOCKED).findFirst();
    }

    private static List<Op> disruptive(GuardedRun run) {
        return run.service.received().stream().filter(op -> op.order().disruptive()).toList();
    }

    private static Ending ending(GuardedRun run) {
        assertThat(run.until(() -> !run.state().open())).isTrue();
        return Objects.requireNonNull(run.state().ended()).ending();
    }

    @Test
    void nothingStartsWhereNobodyHasControl() {
        var run = guarded();
        assertThat(run.submit(Plans.start("v2", false))).isEqualTo(NOBODY);
        assertThat(run.engine().history().current()).isEmpty();
    }

    static Stream<Command> forward() {
        var drain = "roll[ws-1]/drain";
        return Stream.of(new Command.Go("kim", drain), new Command.Continue("kim"), new Command.Retry("kim", drain),
                new Command.SkipNode("kim", "roll[ws-1]", "why"), new Command.SkipVerification("kim", drain, "why"),
                new Command.Reassert("kim", "ws-1", "edge"),
                new Command.DecideStragglers("kim", drain, new StragglerChoice.GiveUp()));
    }

    @ParameterizedTest
    @MethodSource("forward")
    void whateverMayLeadToAnOrderIsRefusedOnceControlIsGivenBack(Command command) {
        var run = started(true, HOUR);
        assertThat(run.submit(new Command.GiveBackControl("kim"))).isEmpty();
        assertThat(run.submit(command)).isEqualTo(NOBODY);
        run.pass(HOUR);
        assertThat(run.service.received()).isEmpty();
    }

    static Stream<Command> always() {
        return Stream.of(new Command.Hold("ada", ""), new Command.Untick("ada", "before", "ticket"),
                new Command.Tick("ada", "before", "ticket", ""), new Command.Abort("ada", "enough"),
                new Command.RollBack("ada", "bad"), new Command.Choose("ada", "before", "yes"),
                new Command.Approve("ada", "before", "bea", "x"), new Command.Settle("ada", "op", true, "seen"));
    }

    @ParameterizedTest
    @MethodSource("always")
    void whatHoldsEndsGoesBackOrOnlyWritesDownNeverNeedsControl(Command command) {
        var run = started(true, HOUR);
        assertThat(run.submit(new Command.GiveBackControl("kim"))).isEmpty();
        assertThat(run.submit(command)).doesNotContain("control");
    }

    @Test
    @Promise(8)
    void controlThatRunsOutStopsTheNextForwardOrderAndTheRunGoesOnWhenItIsTakenAgain() {
        var run = started(false, Duration.ofMinutes(1));
        assertThat(run.until(() -> blocked(run).isPresent())).isTrue();
        assertThat(blocked(run).orElseThrow().words())
                .isEqualTo("nobody has control of sim: take control, and it goes on");
        int sent = disruptive(run).size();
        assertThat(sent).isPositive();
        run.pass(HOUR);
        assertThat(disruptive(run)).hasSize(sent);
        assertThat(run.engine().control()).isEmpty();

        run.taken("ada", HOUR);
        assertThat(blocked(run)).isEmpty();
        assertThat(ending(run)).isEqualTo(Ending.SUCCEEDED);
        assertThat(run.state().ops()).hasSameSizeAs(run.service.received());
    }

    @Test
    @Promise(3)
    void theWayBackIsWalkedToItsEndWithoutControl() {
        var run = started(false, Duration.ofMinutes(1));
        assertThat(run.until(() -> blocked(run).isPresent())).isTrue();
        assertThat(run.submit(new Command.RollBack("ada", "enough"))).isEmpty();
        assertThat(ending(run)).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.engine().control()).isEmpty();
        assertThat(run.engine().orderableUntil()).as("read-only again").isNotNull();
    }

    @Test
    void whatWasArmedForAnAbortIsDoneWithoutControl() {
        var run = guarded().taken("kim", Duration.ofMinutes(1));
        var on = new Plan("off", "Off", List.of(Plans.action("onAbort/on", Verb.ENABLE, "ws-1", null)));
        var start = Plans.start("v2", true);
        assertThat(run.submit(new Command.Start("kim", "r-1", "", "text", "hash", start.plan(), start.wayBack(), Map.of(), on,
                start.inputs(), start.restore(), false, "hash", "test", "nonce"))).isEmpty();
        run.pass(Duration.ofMinutes(2));
        assertThat(run.submit(new Command.Abort("ada", "enough"))).isEmpty();
        assertThat(ending(run)).isEqualTo(Ending.ABORTED);
        assertThat(disruptive(run)).extracting(op -> op.order().verb()).containsExactly("enable");
    }

    @Test
    void whoHasControlIsTheOneWhoOrders() {
        var run = started(true, HOUR);
        var go = new Command.Go("ada", "roll[ws-1]/drain");
        assertThat(run.submit(go)).isEqualTo("kim has control of sim: take it over, with a reason");
        assertThat(run.submit(new Command.GiveBackControl("ada"))).startsWith("kim has control; take it over");
        assertThat(run.submit(new Command.TakeControl("ada", "", HOUR)))
                .isEqualTo("kim has control; taking it over needs a reason");
        assertThat(run.submit(new Command.TakeControl("ada", "kim is asleep", HOUR))).isEmpty();
        assertThat(run.submit(go)).isEmpty();
        assertThat(run.engine().control().map(Control::actor)).hasValue("ada");
    }

    @ParameterizedTest
    @CsvSource({"9s, false", "10s, true", "12h, true", "721m, false"})
    void controlIsForATime(String time, boolean given) {
        var duration = io.lockkeeper.domain.doc.Durations.parse(time).orElseThrow();
        var why = guarded().submit(new Command.TakeControl("kim", "", duration));
        assertThat(why).isEqualTo(given ? "" : "control is taken for at least 10s and at most 12h");
    }

    @Test
    @Promise(4)
    void controlOutlivesTheConsoleAndNotItsTime() {
        var run = started(true, HOUR);
        run.restart();
        assertThat(run.engine().control().map(Control::actor)).hasValue("kim");
        assertThat(run.submit(new Command.Go("kim", "roll[ws-1]/drain"))).isEmpty();
        run.pass(HOUR);
        run.restart();
        assertThat(run.engine().control()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCatalogOffersOnlyWhatWouldBeTaken(boolean controlled) {
        var run = started(true, HOUR);
        if (!controlled) {
            run.submit(new Command.GiveBackControl("kim"));
        }
        run.submit(new Command.Hold("kim", ""));
        var history = run.engine().history();
        var snapshot = new Snapshot(run.time.now(), "test", true, run.service.model().fleet(), List.of(),
                history.current().orElse(null),
                List.of(), history.summaries(), null, run.engine().control().orElse(null), List.of());
        for (var item : ActionCatalog.of(snapshot, List.of(), true)) {
            if (item.id().startsWith("go.roll") || item.id().equals("run.continue")) {
                assertThat(item.disabledBecause()).as(item.id())
                        .isEqualTo(controlled ? Optional.empty() : Optional.of("nobody has control: take control first"));
            } else if (item.id().equals("run.rollback") || item.id().equals("run.abort")) {
                assertThat(item.disabledBecause()).as(item.id()).isEmpty();
            }
        }
    }
}
