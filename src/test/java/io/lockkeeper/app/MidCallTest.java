package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A way back ordered while a call to one node is in flight: the others do not wait for it, and one node keeps serving.
@Promise(3)
class MidCallTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private int fewest = Integer.MAX_VALUE;

    /// ws-1 is done, ws-2 is in the middle of a deploy that says nothing until its deadline.
    private static Trial hung(Fate fate) {
        var trial = new Trial(1);
        trial.submit(Plans.start("v2", false));
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        until(trial, "roll[ws-1]/serves", StepState.SUCCEEDED);
        trial.lose = "deploy";
        trial.fateOfThose = fate;
        while (deploys(trial, "ws-2").isEmpty()) {
            assertThat(trial.step()).isTrue();
        }
        trial.lose = "";
        return trial;
    }

    private static void until(Trial trial, String path, StepState state) {
        while (trial.state().step(path).state() != state) {
            assertThat(trial.step()).isTrue();
        }
    }

    private static List<Op> deploys(Trial trial, String node) {
        return trial.ordered().stream().filter(op -> op.order() instanceof Order.Deploy && op.order().isOf(node))
                .toList();
    }

    private static Op firstOfTheWayBack(Trial trial, String node) {
        return trial.ordered().stream().filter(op -> op.path().startsWith("wayBack/") && op.order().isOf(node))
                .findFirst()
                .orElseThrow();
    }

    private void goThrough(Trial trial) {
        var limit = trial.time.passed().plus(HOUR);
        while (trial.state().open() && trial.time.step(limit)) {
            fewest = Math.min(fewest, (int) Plans.NODES.stream().filter(trial.service.model()::serves).count());
        }
    }

    @Test
    void anIdleLaneDoesNotWaitForTheCallOfAnother() {
        var trial = hung(Fate.HUNG);
        var ordered = trial.time.now();
        trial.submit(new Command.RollBack("kim", "enough"));
        trial.run(Duration.ofSeconds(2));
        assertThat(trial.state().step("wayBack/back[ws-2]/drain").words()).startsWith("waits for deploy ws-2, in flight until");
        goThrough(trial);
        assertThat(trial.state().ended()).isNotNull().satisfies(end -> {
            assertThat(Objects.requireNonNull(end).ending()).isEqualTo(Ending.ROLLED_BACK);
            assertThat(end.left()).isEmpty();
        });
        assertThat(Duration.between(ordered, firstOfTheWayBack(trial, "ws-1").intendedAt())).isLessThan(Duration.ofSeconds(2));
        Instant deadline = deploys(trial, "ws-2").getFirst().deadline();
        assertThat(firstOfTheWayBack(trial, "ws-2").intendedAt()).isAfterOrEqualTo(deadline);
        assertThat(fewest).isPositive();
        assertThat(List.of(trial.node("ws-1").version(), trial.node("ws-2").version())).containsOnly("v1");
    }

    @Test
    void theLastNodeThatServesIsNotTakenOutBeforeAnotherIsBack() {
        var trial = hung(Fate.HUNG_AND_NOT_APPLIED);
        trial.service.die("ws-3", Duration.ofSeconds(-1));
        trial.run(Duration.ofSeconds(3));
        trial.submit(new Command.RollBack("kim", "enough"));
        trial.run(Duration.ofSeconds(5));
        assertThat(trial.state().step("wayBack/back[ws-1]/drain").state()).isEqualTo(StepState.BLOCKED);
        assertThat(trial.state().step("wayBack/back[ws-1]/drain").words()).startsWith("no node would be left serving");
        goThrough(trial);
        assertThat(fewest).isEqualTo(1);
        assertThat(Objects.requireNonNull(trial.state().ended()).ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(trial.node("ws-1").version()).isEqualTo("v1");
    }

    @Test
    void whereNoOtherLaneBringsANodeBackTheLastOneThatServesIsPutBackAllTheSame() {
        var trial = hung(Fate.FINE);
        until(trial, "roll[ws-2]/serves", StepState.SUCCEEDED);
        trial.service.die("ws-2", Duration.ofSeconds(-1));
        trial.service.die("ws-3", Duration.ofSeconds(-1));
        trial.run(Duration.ofSeconds(10));
        trial.submit(new Command.RollBack("kim", "enough"));
        goThrough(trial);
        assertThat(trial.node("ws-1").version()).isEqualTo("v1");
        assertThat(trial.node("ws-2").version()).isEqualTo("v1");
    }
}
