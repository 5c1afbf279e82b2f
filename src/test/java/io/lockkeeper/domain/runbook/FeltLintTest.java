package io.lockkeeper.domain.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gates on what clients of ours felt, as they are written.
class FeltLintTest {
    private static final Set<Capability> UNWATCHED = EnumSet.complementOf(
            EnumSet.of(Capability.CLIENTS, Capability.CLIENT_SESSIONS, Capability.CLIENT_MESSAGES));

    private static Compiled compile(String steps, Set<Capability> able) {
        var environment = new Environment("site", Tier.STAGING, "hash",
                List.of(new Environment.NodeSpec("a", null, null), new Environment.NodeSpec("b", null, null)), List.of("edge"),
                List.of("v1", "v2"), 1, able, 1012);
        var text = "lockkeeper: 1\nid: test\ntitle: Test\nsteps:\n" + steps.indent(2);
        var runbook = RunbookFolder.read("test.yaml", text).runbook().orElseThrow();
        return Compiler.compile(runbook, Map.of(), environment, "", Map.of());
    }

    private static String problems(String gate, Set<Capability> able) {
        return compile("- { id: x, gate: X, " + gate + " }", able) instanceof Compiled.Refused(var found)
                ? found.stream().map(Object::toString).collect(Collectors.joining("; "))
                : "";
    }

    private static Step only(String steps, Set<Capability> able) {
        return compile(steps, able) instanceof Compiled.Ok ok ? ok.plan().leaves().getFirst() : new Step.Note("", "", "refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signal: reconnect.success, atLeast: 95% | by client at least 95 %, since the step began, over at most 1h, 3 events
            signal: reconnect.success, by: attempt, atLeast: 99.95%, window: 5m, minSamples: 73, minEvents: 1 | by attempt at least 99.95 %, since the step began, over at most 5m, 73 samples
            signal: reconnect.time, scenario: handoff, measure: max, lessThan: 5s, since: run | the longest of handoff less than 5s, since the run began, over at most 1h
            signal: session.continuity, atLeast: 100% | at least 100 %, since the step began, over at most 1h, 3 events
            signal: messages.lost, atMost: 0 | at most 0, since the step began, over at most 1h
            signal: clients.disconnected, atMost: 10% | at most 10 %
            signal: clients.disconnected, atMost: 2 | at most 2
            signal: availability, atLeast: 99.9%, window: 10m | at least 99.9 %, since the step began, over at most 10m
            signal: triggers.quiet | all of them
            signal: triggers.quiet, triggers: data-loss | data-loss
            signal: fleet.share, version: v2 | of v2 within 2 points of its share of the serving nodes
            signal: fleet.share, version: v2, percent: 10%, points: 3 | of v2 within 3 points of 10 %
            """)
    void conditionsReadAsTheyAreWritten(String gate, String words) {
        assertThat(only("- { id: x, gate: X, " + gate + " }", EnumSet.allOf(Capability.class)))
                .isInstanceOfSatisfying(Step.Gate.class, step -> assertThat(step.condition().words()).isEqualTo(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signal: reconnect.success | "atLeast" is missing
            signal: reconnect.success, atLeast: 95 | must be a percentage from 0% to 100%
            signal: reconnect.success, atLeast: 100.5% | must be a percentage from 0% to 100%
            signal: reconnect.success, atLeast: 95%, window: 2h | "window" must be from 10s to 1h, not 2h
            signal: reconnect.success, atLeast: 95%, window: 1s | "window" must be from 10s to 1h, not 1s
            signal: reconnect.success, atLeast: 95%, minSamples: 0 | "minSamples" must be from 1 to 1000000 (with less than one, silence would pass)
            signal: reconnect.success, atLeast: 95%, onNoData: wayBack | a way back on missing data would roll back whenever a link is down
            signal: reconnect.success, atLeast: 95%, since: node | counts since its node, and stands in no forEach
            signal: reconnect.success, atLeast: 95%, of: c | has no node "c"
            signal: reconnect.time, lessThan: 5s | "scenario" is missing
            signal: reconnect.time, scenario: handof, lessThan: 5s | did you mean "handoff"?
            signal: reconnect.time, scenario: handoff, lessThan: 5 | "lessThan" needs a unit
            signal: messages.lost, atMost: 1% | a whole number
            signal: clients.disconnected, atMost: 0, of: a | is about the whole fleet and takes no "of"
            signal: clients.disconnected, atMost: 0, window: 5m | "window" has no meaning here
            signal: availability, atLeast: 99.9% | availability is said of a time
            signal: triggers.quiet, triggers: [data-los] | did you mean "data-loss"?
            signal: node.ready, of: a, is: true, where: clients | node.ready is not measured by clients
            signal: fleet.share, version: v2, points: 60 | nearly every share would do
            """)
    void whatDoesNotFitIsSaidWithItsPlace(String gate, String words) {
        assertThat(problems(gate, EnumSet.allOf(Capability.class))).contains(words).contains("test.yaml:");
    }

    @Test
    @Promise(2)
    void withoutClientsAGateIsRefusedUnlessItSaysThatItMayBeLeftOut() {
        assertThat(problems("signal: clients.disconnected, atMost: 0", UNWATCHED)).contains("test.yaml:5:",
                "this environment cannot watch the service with clients of its own", "where: clients");
        var numberless = EnumSet.allOf(Capability.class);
        numberless.remove(Capability.CLIENT_MESSAGES);
        assertThat(problems("signal: messages.lost, atMost: 0", numberless))
                .contains("this environment cannot tell whether its own clients lost messages");
        assertThat(only("- { id: x, gate: X, signal: clients.disconnected, atMost: 0, where: clients }", UNWATCHED))
                .isInstanceOfSatisfying(Step.Note.class, note -> assertThat(note.text()).startsWith("left out: "));
    }

    @Test
    @Promise(2)
    void aSoakOfWhichNothingIsLeftIsRefused() {
        var soak = "- { id: x, soak: X, for: 1h, gates: [ { signal: clients.disconnected, atMost: 0, where: clients } ] }";
        assertThat(compile(soak, UNWATCHED)).isInstanceOfSatisfying(Compiled.Refused.class,
                refused -> assertThat(refused.problems()).map(Object::toString)
                        .anyMatch(words -> words.contains("nothing would be watched")));
        assertThat(compile(soak, EnumSet.allOf(Capability.class))).isInstanceOf(Compiled.Ok.class);
    }
}
