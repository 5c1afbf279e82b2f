package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.runbook.ChoiceExit;
import io.lockkeeper.domain.runbook.Compatible;
import io.lockkeeper.domain.runbook.InputType;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Decisions, points of no return, answers, abort, control and room: what each lets through and what it does not.
class NewStepsTest {
    private static Step.Note note(String path) {
        return new Step.Note(path, path, "text");
    }

    private static Step.Action restart(String path, String node) {
        return new Step.Action(path, "Restart", Verb.RESTART, node, null, null, null, Duration.ofMinutes(1), null);
    }

    private static Step.Action deploy(String path, String version, @Nullable Compatible compatible) {
        return new Step.Action(path, "Deploy", Verb.DEPLOY, "ws-1", version, null, null, Duration.ofMinutes(1), compatible);
    }

    private static Step.Decision decision(int votes, ChoiceExit then) {
        return new Step.Decision("go", "Go on?",
                List.of(new Step.Choice("yes", "Yes", ChoiceExit.CONTINUE, List.of(note("go[yes]/a"))),
                        new Step.Choice("no", "No", then, List.of(note("go[no]/b")))),
                votes);
    }

    private static final Plan BACK = new Plan("back", "Back", List.of(note("wayBack/n")));

    @Test
    void onlyWhatWasChosenIsDone() {
        var walker = Walker.of(decision(1, ChoiceExit.CONTINUE), note("after")).look();
        assertThat(walker.step("go").state()).isEqualTo(StepState.AWAITING_PERSON);
        assertThat(walker.step("after").state()).isEqualTo(StepState.NOT_STARTED);
        walker.ask(new Command.Choose("ada", "go", "no"));
        assertThat(walker.step("go").words()).isEqualTo("no, chosen by ada");
        assertThat(walker.step("go[no]/b").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(walker.step("go[yes]/a").state()).isEqualTo(StepState.NOT_STARTED);
        assertThat(Objects.requireNonNull(walker.state.ended()).ending()).isEqualTo(Ending.SUCCEEDED);
    }

    @Test
    void votesAreOfDifferentPeopleWhoAgree() {
        var walker = Walker.of(decision(2, ChoiceExit.CONTINUE)).look();
        walker.ask(new Command.Choose("ada", "go", "yes"));
        assertThat(walker.refusal(new Command.Choose("ada", "go", "yes"))).contains("has chosen yes already");
        walker.ask(new Command.Choose("bob", "go", "no"));
        assertThat(walker.step("go").state()).isEqualTo(StepState.AWAITING_PERSON);
        walker.ask(new Command.Choose("ada", "go", "no"));
        assertThat(walker.step("go").words()).isEqualTo("no, chosen by ada, bob");
    }

    @Test
    void aChoiceThatIsNotThereIsRefusedWithThoseThatAre() {
        var walker = Walker.of(decision(1, ChoiceExit.CONTINUE), note("after")).look();
        assertThat(walker.refusal(new Command.Choose("ada", "go", "perhaps"))).contains("no choice \"perhaps\": yes, no");
        assertThat(walker.refusal(new Command.Choose("ada", "after", "yes"))).contains("no decision");
    }

    @Test
    void aChoiceMayGoBackOrEnd() {
        var back = new Walker(new Plan("t", "T", List.of(decision(1, ChoiceExit.WAY_BACK), note("after"))), BACK, Map.of(), null,
                false)
                .look();
        back.ask(new Command.Choose("ada", "go", "no"));
        assertThat(back.step("go[no]/b").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(back.step("after").state()).isEqualTo(StepState.NOT_STARTED);
        assertThat(Objects.requireNonNull(back.state.ended()).ending()).isEqualTo(Ending.ROLLED_BACK);
        var end = Walker.of(decision(1, ChoiceExit.END), note("after")).look();
        end.ask(new Command.Choose("ada", "go", "no"));
        assertThat(end.step("after").state()).isEqualTo(StepState.NOT_STARTED);
        assertThat(Objects.requireNonNull(end.state.ended()).ending()).isEqualTo(Ending.ABORTED);
    }

    @Test
    @Promise(3)
    void pastAPointOfNoReturnRollBackWalksWhatStandsInForIt() {
        var point = new Step.PointOfNoReturn("migrate", "The schema is migrated", "v1 cannot read it", "forward", Map.of());
        var plan = new Plan("t", "T", List.of(restart("first", "ws-1"), point, restart("second", "ws-2")));
        var onward = new Plan("forward", "Forward", List.of(note("onward/f")));
        var before = new Walker(plan, BACK, Map.of("migrate", onward), null, false).look();
        assertThat(before.step("migrate").state()).as("waits even where nothing else does").isEqualTo(StepState.AWAITING_PERSON);
        before.ask(new Command.RollBack("kim", "no"));
        assertThat(before.step("wayBack/n").state()).isEqualTo(StepState.SUCCEEDED);
        var after = new Walker(plan, BACK, Map.of("migrate", onward), null, true).look();
        after.ask(new Command.Go("kim", "first"));
        after.ask(new Command.Go("kim", "migrate"));
        assertThat(after.step("migrate").words()).contains("the way back is forward");
        after.ask(new Command.RollBack("kim", "no"));
        assertThat(after.step("onward/f").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(after.step("wayBack/n").state()).isEqualTo(StepState.NOT_STARTED);
        assertThat(Objects.requireNonNull(after.state.wayBack()).warnings())
                .anyMatch(words -> words.contains("no way back but forward"));
    }

    @Test
    void whatADeploySaysOfGoingBackIsSaidBeforeOneDoes() {
        var compatible = new Compatible(Compatible.Way.FORWARD_ONLY, Compatible.Way.BOTH_WAYS, Compatible.Way.UNKNOWN);
        var walker = new Walker(new Plan("t", "T", List.of(deploy("d", "v2", compatible), decision(1, ChoiceExit.END))), BACK,
                Map.of(),
                null, false).look();
        walker.ask(new Command.RollBack("kim", "no"));
        assertThat(Objects.requireNonNull(walker.state.wayBack()).warnings())
                .contains("the old version cannot go on with the schema that the new one leaves: going back loses something",
                        "whether the old version can go on with the clients that the new one leaves is not known");
    }

    @Test
    void anAnswerIsOfTheTypeItWasAskedForAndIsUsedLater() {
        var list = new Step.Checklist("before", "Before",
                List.of(new Step.Item("which", "Which one?", "version", InputType.VERSION)));
        var walker = Walker.of(list, deploy("d", "$before#which", null)).look();
        assertThat(walker.refusal(new Command.Tick("kim", "before", "which", "v9"))).contains("\"v9\" is no version");
        assertThat(walker.state.ops()).isEmpty();
        walker.ask(new Command.Tick("kim", "before", "which", "v2"));
        assertThat(walker.state.ops().values()).extracting(op -> op.op().order()).containsExactly(new Order.Deploy("ws-1", "v2"));
    }

    @Test
    void whatTheRunbookDoesWhenAbortedIsDoneAndOnlyThat() {
        var clean = new Plan("t", "T", List.of(new Step.Checklist("onAbort/tell", "Tell them",
                List.of(new Step.Item("told", "They were told", null, null)))));
        var plan = new Plan("t", "T", List.of(decision(1, ChoiceExit.END), restart("x", "ws-1")));
        var walker = new Walker(plan, BACK, Map.of(), clean, false).look();
        walker.ask(new Command.Abort("kim", "enough"));
        assertThat(walker.state.open()).isTrue();
        assertThat(walker.step("go").state()).isEqualTo(StepState.ABORTED);
        assertThat(walker.step("onAbort/tell").state()).isEqualTo(StepState.AWAITING_PERSON);
        walker.ask(new Command.Tick("kim", "onAbort/tell", "told", ""));
        assertThat(Objects.requireNonNull(walker.state.ended())).satisfies(end -> {
            assertThat(end.ending()).isEqualTo(Ending.ABORTED);
            assertThat(end.summary()).isEqualTo("aborted: enough");
        });
        var twice = new Walker(plan, BACK, Map.of(), clean, false).look();
        twice.ask(new Command.Abort("kim", "enough"));
        twice.ask(new Command.Abort("kim", "now"));
        assertThat(twice.state.open()).isFalse();
        var back = new Walker(plan, BACK, Map.of(), clean, false).look();
        back.ask(new Command.Abort("kim", "enough"));
        back.ask(new Command.RollBack("kim", "after all"));
        assertThat(Objects.requireNonNull(back.state.ended()).ending()).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    void withoutControlNothingIsOrderedAndTheWayBackIsNotHeldUp() {
        var walker = new Walker(new Plan("t", "T", List.of(restart("x", "ws-1"), decision(1, ChoiceExit.END))), BACK, Map.of(),
                null,
                false);
        walker.controlled = false;
        walker.look();
        assertThat(walker.step("x").state()).isEqualTo(StepState.BLOCKED);
        assertThat(walker.step("x").words()).contains("nobody has control of site");
        assertThat(walker.state.ops()).isEmpty();
        walker.controlled = true;
        walker.look();
        assertThat(walker.step("x").state()).isEqualTo(StepState.SUCCEEDED);
        walker.controlled = false;
        assertThat(walker.ask(new Command.RollBack("kim", "no"))).isInstanceOf(Decision.Events.class);
    }

    @Test
    @Promise(8)
    void aNodeWhoseConnectionsWouldFindNoRoomIsNotTakenOut() {
        var walker = Walker.of(restart("x", "ws-1"));
        walker.guards = new Guards(List.of(), Map.of("ws-1", 100L, "ws-2", 14L, "ws-3", 15L), null, false);
        walker.look();
        assertThat(walker.step("x").state()).isEqualTo(StepState.BLOCKED);
        assertThat(walker.step("x").words()).contains("would find no room on ws-2, ws-3");
        walker.guards = new Guards(List.of(), Map.of("ws-1", 100L, "ws-2", 15L, "ws-3", 15L), null, false);
        walker.look();
        assertThat(walker.step("x").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void whatPeopleAnsweredBeforeIsApprovedWithTheStep() throws ReceivedRequest.NoRequest {
        var list = new Step.Checklist("before", "Before",
                List.of(new Step.Item("which", "Which one?", "version", InputType.VERSION)));
        var walker = Walker.of(list, decision(1, ChoiceExit.CONTINUE),
                new Step.Approval("ok", "Ask", "approve", Duration.ofHours(1))).look();
        walker.ask(new Command.Tick("kim", "before", "which", "v2"));
        walker.ask(new Command.Choose("kim", "go", "yes"));
        var request = ReceivedRequest.read(Objects.requireNonNull(walker.step("ok").approval()).request());
        assertThat(request.fields()).containsEntry("answer before/which", "v2").containsEntry("answer go", "yes");
    }

    @Test
    void whatWasNotChosenIsKnown() {
        var walker = Walker.of(decision(1, ChoiceExit.CONTINUE), note("after")).look();
        assertThat(walker.state.notChosen()).isEmpty();
        walker.ask(new Command.Choose("ada", "go", "no"));
        assertThat(walker.state.notChosen()).containsExactly("go[yes]/a");
    }
}
