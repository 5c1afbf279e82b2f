package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.runbook.InputType;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrandWalkTest {
    private static final Readback PRINTS = new Readback.Prints("empty", "0");

    private static Step.Errand errand(String path, @Nullable String node, @Nullable String version, Readback confirm) {
        return new Step.Errand(path, "Flush it", ErrandKind.COMMAND, "flush", node, version, confirm, Duration.ofMinutes(1));
    }

    private static Environment withHash(Environment environment, String hash) {
        return new Environment(environment.name(), environment.tier(), hash, environment.nodes(), environment.balancers(),
                environment.versions(), environment.floor(), environment.capabilities(), environment.closeCode());
    }

    @Test
    void whatIsIntendedHasEverythingThatIsSent() {
        var list = new Step.Checklist("which", "Which", List.of(new Step.Item("v", "Version", "version", InputType.VERSION)));
        var walker = new Walker(new Plan("p", "P", List.of(list, errand("flush", "ws-2", "$which#v", PRINTS))), null, Map.of(),
                null,
                true).look();
        walker.ask(new Command.Tick("kim", "which", "v", "v2"));
        assertThat(walker.step("flush").state()).isEqualTo(StepState.AWAITING_PERSON);
        walker.ask(new Command.Go("kim", "flush"));
        var op = walker.all(RunEvent.OpIntended.class).getFirst().op();
        assertThat(op.id()).isEqualTo("r-1/flush/flush(ws-2)/command/1");
        assertThat(op.order()).isEqualTo(new Order.Errand(ErrandKind.COMMAND, "flush", "ws-2", "v2", PRINTS));
        assertThat(op.deadline()).isEqualTo(op.intendedAt().plusSeconds(60));
        assertThat(op.order().disruptive()).isTrue();
        assertThat(walker.state.touched()).containsExactly("ws-2");
    }

    @Test
    void oneThatIsAboutNoNodeTouchesNone() {
        var walker = Walker.of(errand("flush", null, null, PRINTS)).look();
        assertThat(walker.all(RunEvent.OpIntended.class)).singleElement()
                .satisfies(event -> assertThat(event.op().id()).isEqualTo("r-1/flush/flush/command/1"));
        assertThat(walker.state.touched()).isEmpty();
        assertThat(walker.step("flush").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void nothingIsOrderedWithoutControlOnAWrongNodeOrByAnotherFile() {
        var walker = Walker.of(errand("flush", "ws-1", null, PRINTS));
        walker.controlled = false;
        assertThat(walker.look().step("flush").words()).contains("nobody has control");
        walker.controlled = true;
        walker.view = node -> new NodeReading(true, "v1", node, null, 10L, "elsewhere", node);
        assertThat(walker.look().step("flush").words()).contains("wrong node map");
        walker.view = node -> new NodeReading(true, "v9", node, null, 10L, "site", node);
        assertThat(walker.look().step("flush").words()).contains("somebody else deploys here");
        var facts = new Facts(withHash(walker.environment(), "other"), walker.fleet(), walker.now);
        assertThat(RunMachine.look(walker.state, facts)).singleElement().isInstanceOfSatisfying(RunEvent.StepBlocked.class,
                event -> assertThat(event.why()).contains("the environment file is not the one this run began with"));
        assertThat(walker.all(RunEvent.OpIntended.class)).isEmpty();
    }

    static Stream<Arguments> looks() {
        var says = new Readback.Says("flag", "/on", "false");
        var answers = new Readback.Answers("health", 200);
        return Stream.of(Arguments.of(PRINTS, "0", true, "empty prints \"0\""),
                Arguments.of(PRINTS, "5", false, "empty prints \"5\", not \"0\""),
                Arguments.of(PRINTS, null, false, "connection refused"),
                Arguments.of(says, "false", true, "flag says \"false\" at /on"),
                Arguments.of(says, "true", false, "flag says \"true\" at /on, not \"false\""),
                Arguments.of(answers, "HTTP 200", true, "health answers HTTP 200"),
                Arguments.of(answers, "HTTP 404", false, "health answers HTTP 404, not HTTP 200"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    @Promise(1)
    void onlyWhatWasExpectedIsInEffect(Readback confirm, @Nullable String read, boolean inEffect, String words) {
        var order = new Order.Errand(ErrandKind.COMMAND, "flush", null, null, confirm);
        assertThat(Confirmation.ofErrand(order, read, "connection refused"))
                .isEqualTo(inEffect ? new Confirmation.InEffect(words) : new Confirmation.NotSeen(words));
    }

    @Test
    @Promise(1)
    void aLaneThatBeginsAgainDoesNotDoItASecondTime() {
        var lane = new Step.Lane("each[ws-1]", "ws-1", List.of(errand("each[ws-1]/flush", "ws-1", null, PRINTS)));
        var walker = Walker.of(new Step.ForEach("each", "Each", List.of(lane), 1)).look();
        assertThat(walker.step("each[ws-1]/flush").state()).isEqualTo(StepState.SUCCEEDED);
        var again = RunMachine.evolve(walker.state, new RunEvent.LaneBegunAgain(walker.now, "each[ws-1]", "op", "late"));
        assertThat(again.step("each[ws-1]/flush")).isEqualTo(walker.step("each[ws-1]/flush"));
    }

    /// The console dies between sending and hearing of it: a person is asked all the same, and nothing is sent again.
    @Test
    @Promise(1)
    void afterAKillWhereAPersonLooksAPersonIsAsked() {
        var walker = Walker.of(errand("flush", null, null, new Readback.Person("is it empty?")));
        walker.state = RunMachine.evolve(walker.state, new RunEvent.StepEntered(walker.now, "flush", 1));
        var intended = RunMachine.look(walker.state, walker.facts()).getFirst();
        walker.state = RunMachine.evolve(walker.state, intended);
        walker.killed();
        assertThat(walker.step("flush").state()).isEqualTo(StepState.AWAITING_PERSON);
        assertThat(RunMachine.due(walker.state)).isEmpty();
        assertThat(RunMachine.toObserve(walker.state)).isEmpty();
        var op = ((RunEvent.OpIntended) intended).op().id();
        assertThat(walker.refusal(new Command.Settle("kim", op, true, "the page shows 0"))).isEqualTo("taken");
        assertThat(walker.step("flush").state()).isEqualTo(StepState.SUCCEEDED);
    }
}
