package io.lockkeeper.domain.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompilerTest {
    private static final Environment SITE = new Environment("site", Tier.STAGING, "hash",
            List.of(new Environment.NodeSpec("a", null, null), new Environment.NodeSpec("b", null, null),
                    new Environment.NodeSpec("c", null, null)),
            List.of("edge"), List.of("v1", "v2"), 1, EnumSet.allOf(Capability.class), 1012);

    /// @param inputs lines of the `inputs` mapping
    private static Runbook runbook(String inputs, String steps) {
        var text = "lockkeeper: 1\nid: test\ntitle: Test\nabout: A test.\n"
                + (inputs.isEmpty() ? "" : "inputs:\n" + inputs.indent(2)) + "steps:\n" + steps.indent(2);
        var read = RunbookFolder.read("test.yaml", text);
        assertThat(read.problems()).as(text).isEmpty();
        return read.runbook().orElseThrow();
    }

    private static Plan plan(String inputs, String steps, Map<String, String> given) {
        var compiled = Compiler.compile(runbook(inputs, steps), given, SITE, "", Map.of());
        assertThat(compiled).isInstanceOf(Compiled.Ok.class);
        return ((Compiled.Ok) compiled).plan();
    }

    private static List<String> refusal(String inputs, String steps, Map<String, String> given) {
        var compiled = Compiler.compile(runbook(inputs, steps), given, SITE, "", Map.of());
        assertThat(compiled).isInstanceOf(Compiled.Refused.class);
        return ((Compiled.Refused) compiled).problems().stream().map(Object::toString).toList();
    }

    private static Step.Gate gate(String step) {
        return (Step.Gate) plan("", "- " + step, Map.of()).leaves().getFirst();
    }

    private static Step.Action action(String step) {
        return (Step.Action) plan("", "- " + step, Map.of()).leaves().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"all | a b c", "'c,a' | c a", "'b, b ,a' | b a", "b | b"})
    void aLoopGoesThroughItsNodesInTheOrderGiven(String nodes, String expected) {
        var plan = plan("nodes: { type: nodes }", """
                - id: roll
                  forEach: Each
                  as: node
                  in: $nodes
                  steps:
                    - { id: out, action: Out, do: drain, node: $node }
                """, Map.of("nodes", nodes));
        assertThat(plan.leaves()).extracting(Step::path)
                .containsExactlyElementsOf(Stream.of(expected.split(" ", -1)).map(node -> "roll[" + node + "]/out").toList());
    }

    @Test
    void aLoopInALoopKnowsBothNames() {
        var plan = plan("", """
                - id: outer
                  forEach: Each
                  as: first
                  in: "a,b"
                  steps:
                    - id: inner
                      forEach: Each other
                      as: second
                      in: c
                      steps:
                        - { id: one, action: One, do: drain, node: $first }
                        - { id: two, action: Two, do: enable, node: $second }
                """, Map.of());
        assertThat(plan.leaves()).extracting(Step::path).containsExactly("outer[a]/inner[c]/one", "outer[a]/inner[c]/two",
                "outer[b]/inner[c]/one", "outer[b]/inner[c]/two");
        assertThat(plan.leaves()).map(step -> ((Step.Action) step).node()).containsExactly("a", "c", "b", "c");
    }

    @Test
    void aNameIsNotGivenTwice() {
        assertThat(refusal("node: { type: node }", """
                - id: roll
                  forEach: Each
                  as: node
                  in: all
                  steps:
                    - { id: out, action: Out, do: drain, node: $node }
                """, Map.of("node", "a")))
                .anyMatch(words -> words.contains("test.yaml:10:") && words.contains("\"node\" is already"));
    }

    @Test
    void whatIsNotWrittenHasTheDefaultOfTheReference() {
        assertThat(action("{ id: x, action: X, do: drain, node: a }")).satisfies(drain -> {
            assertThat(drain.timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(drain.drain()).isEqualTo(new Step.DrainTerms(Duration.ofMinutes(5), Stragglers.ASK, 10));
            assertThat(drain.version()).isNull();
            assertThat(drain.percent()).isNull();
        });
        assertThat(gate("{ id: x, gate: X, signal: node.ready, of: a, is: true }")).satisfies(gate -> {
            assertThat(gate.hold()).isZero();
            assertThat(gate.within()).isEqualTo(Duration.ofMinutes(1));
            assertThat(gate.onFail()).isEqualTo(GateExit.HOLD);
            assertThat(gate.onInconclusive()).isEqualTo(GateExit.EXTEND);
            assertThat(gate.onNoData()).isEqualTo(GateExit.HOLD);
        });
        assertThat(gate("{ id: x, gate: X, signal: probe.resumed, of: a }").condition()).isEqualTo(new Condition.Resumed(1));
    }

    @ParameterizedTest
    @CsvSource({"drain, PT15S", "enable, PT15S", "restart, PT2M", "closeSessions, PT5M"})
    void everyVerbHasItsOwnTime(String verb, Duration timeout) {
        assertThat(action("{ id: x, action: X, do: " + verb + ", node: a }").timeout()).isEqualTo(timeout);
    }

    static Stream<List<String>> limits() {
        return Stream.of(List.of("deadline", "duration", "30s", "1s", "must be at least 30s", "31s"),
                List.of("deadline", "duration", "30s", "61m", "must be at most 1h", "1h"),
                List.of("share", "percent", "5%", "4%", "must be at least 5%", "5%"),
                List.of("count", "count", "2", "1", "must be at least 2", "2"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void anInputBeyondItsLimitIsRefusedWithTheLimit(List<String> row) {
        var declared = row.get(0) + ": { type: " + row.get(1) + ", atLeast: \"" + row.get(2) + "\""
                + (row.get(1).equals("duration") ? ", atMost: 1h" : "") + " }";
        var note = "- { id: x, note: X, text: y }";
        assertThat(refusal(declared, note, Map.of(row.get(0), row.get(3)))).singleElement().asString().contains(row.get(4));
        assertThat(Compiler.compile(runbook(declared, note), Map.of(row.get(0), row.get(5)), SITE, "", Map.of()))
                .isInstanceOf(Compiled.Ok.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"node | node | d | no node \"d\"", "version | version | v3 | no version \"v3\"",
            "deadline | duration | 10 | 10", "deadline | duration | soon | soon", "count | count | -1 | -1",
            "share | percent | 101% | 101", "nodes | nodes | ',' | names no node", "nodes | nodes | 'a,x' | no node \"x\""})
    void anInputThatIsNotOfItsTypeIsRefused(String name, String type, String given, String words) {
        assertThat(refusal(name + ": { type: " + type + " }", "- { id: x, note: X, text: y }", Map.of(name, given)))
                .isNotEmpty().allMatch(problem -> problem.contains(words));
    }

    @Test
    void anInputThatIsMissingOrUnknownIsSaid() {
        assertThat(refusal("version: { type: version }", "- { id: x, note: X, text: y }", Map.of("verson", "v2")))
                .anyMatch(words -> words.contains("no input \"verson\"") && words.contains("did you mean \"version\""))
                .anyMatch(words -> words.contains("test.yaml:6:") && words.contains("input \"version\" is needed"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "4, false"})
    void aLoopMayNotTakeOutEveryNodeAtOnce(int maxUnavailable, boolean allowed) {
        var steps = """
                - id: roll
                  forEach: Each
                  as: node
                  in: all
                  maxUnavailable: %d
                  steps:
                    - { id: out, action: Out, do: drain, node: $node }
                """.formatted(maxUnavailable);
        var compiled = Compiler.compile(runbook("", steps), Map.of(), SITE, "", Map.of());
        assertThat(compiled instanceof Compiled.Ok).isEqualTo(allowed);
        if (compiled instanceof Compiled.Refused(var problems)) {
            assertThat(problems).singleElement().asString().contains("test.yaml:10:", "all 3 nodes at once", "at most 2");
        }
    }

    @Test
    void aWayBackNeedsTheVersionThatWasBefore() {
        var back = runbook("", "- { id: x, action: X, do: rollback, node: a }");
        var unknown = Map.of("a", new RestorePoint("a", null, Map.of("edge", AdminState.ENABLED), Map.of()));
        assertThat(Compiler.compile(back, Map.of(), SITE, "wayBack/", unknown)).isInstanceOfSatisfying(Compiled.Refused.class,
                refused -> assertThat(refused.problems()).singleElement().asString().contains("a did not say which version"));
        var known = Map.of("a", new RestorePoint("a", "v1", Map.of("edge", AdminState.ENABLED), Map.of()));
        assertThat(Compiler.compile(back, Map.of(), SITE, "wayBack/", known)).isInstanceOfSatisfying(Compiled.Ok.class,
                ok -> assertThat(ok.plan().leaf("wayBack/x")).get().isInstanceOfSatisfying(Step.Action.class,
                        action -> assertThat(action.version()).isEqualTo("v1")));
    }

    @Test
    void everyProblemIsFoundAndNotOnlyTheFirst() {
        assertThat(refusal("", """
                - { id: x, action: X, do: drain, node: d }
                - { id: y, gate: Y, signal: node.sessions, of: a }
                - { id: z, gate: Z, signal: fleet.serving, of: a, atLeast: 1 }
                """, Map.of())).anyMatch(words -> words.contains("test.yaml:6:") && words.contains("no node \"d\""))
                .anyMatch(words -> words.contains("test.yaml:7:") && words.contains("a count needs a limit"))
                .anyMatch(words -> words.contains("test.yaml:8:") && words.contains("takes no \"of\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'34%, 100%' | roll[a]/n roll[b]/n roll/after-1/watch roll[c]/n roll/after-2/watch",
            "'1%, 100%' | roll[a]/n roll/after-1/watch roll[b]/n roll[c]/n roll/after-2/watch",
            "'10%, 20%, 100%' | roll[a]/n roll/after-1/watch roll[b]/n roll[c]/n roll/after-2/watch"})
    void batchesAreSharesOfTheNodesThatAreDoneWhenEachEnds(String shares, String expected) {
        var plan = plan("", """
                - id: roll
                  forEach: Each
                  as: node
                  in: all
                  batches: [%s]
                  after: [ { id: watch, soak: Watch, for: 1h, gates: [ { signal: node.ready, of: all, is: true } ] } ]
                  steps: [ { id: n, note: N, text: $node } ]
                """.formatted(shares), Map.of());
        assertThat(plan.leaves()).extracting(Step::path).containsExactly(expected.split(" ", -1));
    }

    @Test
    void aSoakWatchesEveryNodeItNames() {
        var soak = (Step.Soak) plan("", "- { id: s, soak: S, for: 24h, gates: [ { signal: node.ready, of: all, is: true },"
                + " { signal: fleet.serving, atLeast: 2 } ] }", Map.of()).leaves().getFirst();
        assertThat(soak.checks()).extracting(Step.Check::node).containsExactly("a", "b", "c", null);
        assertThat(soak.hold()).isEqualTo(Duration.ofHours(24));
        assertThat(soak.tolerate()).isEqualTo(Duration.ofSeconds(15));
        assertThat(soak.patience()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "34%,1", "67%,2", "10%,1"})
    void howManyMayBeOutIsANumberOrAShareRoundedDownAndNeverNone(String written, int expected) {
        var each = (Step.ForEach) plan("", "- { id: r, forEach: R, as: n, in: all, maxUnavailable: " + written
                + ", steps: [ { id: x, note: X, text: x } ] }", Map.of()).steps().getFirst();
        assertThat(each.maxUnavailable()).isEqualTo(expected);
    }

    @Test
    void anAnswerIsKnownByWhereItWasGiven() {
        var plan = plan("", """
                - id: roll
                  forEach: Each
                  as: node
                  in: [a, b]
                  steps:
                    - { id: ask, checklist: Ask, items: [ { id: build, text: Which, ask: version, type: version } ] }
                    - { id: d, action: D, do: deploy, node: $node, version: $build }
                    - { id: g, gate: G, signal: node.version, of: $node, is: $build }
                """, Map.of());
        assertThat(plan.leaf("roll[b]/d")).get().isInstanceOfSatisfying(Step.Action.class,
                action -> assertThat(action.version()).isEqualTo("$roll[b]/ask#build"));
        assertThat(plan.leaf("roll[a]/g")).get().isInstanceOfSatisfying(Step.Gate.class,
                gate -> assertThat(gate.condition()).isEqualTo(new Condition.IsText("$roll[a]/ask#build")));
    }

    @Test
    void theTextOfAPlanIsTheSameForTheSamePlanAndNamesEveryLineOfIt() {
        var text = "- { id: go, decision: Go?, choices: [ { id: yes, text: Go, steps: [ { id: n, note: N, text: x } ] },"
                + " { id: no, text: Stop, then: end } ] }\n- { id: d, action: D, do: drain, node: a }";
        assertThat(PlanText.of(plan("", text, Map.of()))).isEqualTo(PlanText.of(plan("", text, Map.of()))).contains(
                "go[yes]/n | N",
                "go[no] | Stop | then end", "d | D | drain a deadline 5m then ask 10/s timeout 15s");
        assertThat(PlanText.hash(plan("", text, Map.of())))
                .isNotEqualTo(PlanText.hash(plan("", text.replace("node: a", "node: b"),
                        Map.of())));
    }
}
