package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.trigger.TriggerSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.Tier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    private static final String BACK = """
            lockkeeper: 1
            id: back
            title: Back
            about: Puts one node back.
            inputs:
              node: { type: node }
              pace: { type: duration, default: 10s }
            steps:
              - { id: x, action: X, do: rollback, node: $node }
              - { id: d, action: D, do: drain, node: $node, deadline: $pace }
            """;

    private static Runbook read(String name, String text) {
        var read = RunbookFolder.read(name, text);
        assertThat(read.problems()).as(text).isEmpty();
        return read.runbook().orElseThrow();
    }

    private static List<String> lint(String wayBack, String inputs) {
        var runbook = read("forward.yaml", """
                lockkeeper: 1
                id: forward
                title: Forward
                about: Goes forward.
                inputs:
                  node: { type: node }
                %s%ssteps:
                  - { id: out, action: Out, do: drain, node: $node }
                """.formatted(inputs.isEmpty() ? "" : inputs.indent(2), wayBack.isEmpty() ? "" : wayBack + "\n"));
        return new ArrayList<>(Lint.of(runbook, List.of(read("back.yaml", BACK), runbook), Optional.empty())).stream()
                .map(Problem::toString).toList();
    }

    @Test
    void nothingIsSaidAgainstAGoodOne() {
        assertThat(lint("wayBack: { runbook: back, with: { node: $node } }", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | has no way back",
            "'wayBack: { runbook: bak, with: { node: $node } }' | did you mean \"back\"",
            "'wayBack: { runbook: forward, with: { node: $node } }' | the way back is the runbook itself",
            "'wayBack: { runbook: back }' | \"node\"", "'wayBack: { runbook: back, with: { nod: $node } }' | \"nod\"",
            "'wayBack: { runbook: back, with: { node: $nod } }' | nod",
            "'wayBack: { runbook: back, with: { node: $node, pace: fast } }' | fast"})
    void aWayBackThatCouldNotBeTakenIsSaidBeforeTheRun(String wayBack, String words) {
        assertThat(lint(wayBack, "")).isNotEmpty().anyMatch(problem -> problem.contains("error") && problem.contains(words));
    }

    @Test
    void anInputThatNothingUsesIsAWarningWhereItStands() {
        assertThat(lint("wayBack: { runbook: back, with: { node: $node } }", "spare: { type: text, default: x }"))
                .singleElement().asString().startsWith("forward.yaml:7:").contains("warning", "\"spare\" is never used");
    }

    @Test
    void anInputThatOnlyTheWayBackUsesIsUsed() {
        assertThat(
                lint("wayBack: { runbook: back, with: { node: $node, pace: $pace } }", "pace: { type: duration, default: 5s }"))
                .isEmpty();
    }

    /// @param tickets whether the environment has that trigger
    private static List<String> watching(String names, boolean tickets) throws IOException {
        var head = "lockkeeper: 1\nid: one\ntitle: One\nwatch: [ " + names + " ]\nsteps:\n  - { id: a, note: A, text: b }\n";
        var runbook = RunbookFolder.read("one.yaml", head).runbook().orElseThrow();
        var site = site();
        var specs = TriggerSet.USUAL.specs().stream().filter(spec -> tickets || !spec.name().equals("tickets")).toList();
        return lint(runbook, List.of(), new Environment(site.name(), site.tier(), site.hash(), site.nodes(), site.balancers(),
                site.versions(), 1, site.capabilities(), 1006, site.guards(), site.errands(), new TriggerSet(specs)));
    }

    @Test
    void aWatchedTriggerThatIsNotThereIsSaidWhereItStandsAndOneThatIsOffIsAWarning() throws IOException {
        assertThat(watching("success-rate, tickets", true)).isEmpty();
        assertThat(watching("success-rate, tickets", false)).containsExactly(
                "one.yaml:4:24: warning: trigger \"tickets\" is switched off in this environment and guards nothing");
        assertThat(watching("sucess-rate", true)).containsExactly(
                "one.yaml:4:10: error: there is no trigger \"sucess-rate\" in this environment (did you mean \"success-rate\"?)");
    }

    private static List<String> lint(Runbook runbook, List<Runbook> others, Environment environment) {
        var library = new ArrayList<>(others);
        library.add(runbook);
        return Lint.of(runbook, library, Optional.of(environment)).stream().map(Problem::toString).toList();
    }

    private static Environment site(Person... people) {
        return new Environment("site", Tier.STAGING, "hash", List.of(new Environment.NodeSpec("a", null, null),
                new Environment.NodeSpec("b", null, null)), List.of("edge"), List.of("v1"), 1, EnumSet.allOf(Capability.class),
                1012,
                new Guards(List.of(people), Map.of(), null, false));
    }

    private static Runbook simple(String id, String wayBack, String steps) {
        return read(id + ".yaml", "lockkeeper: 1\nid: " + id + "\ntitle: T\nabout: A.\n"
                + (wayBack.isEmpty() ? "" : "wayBack: { runbook: " + wayBack + " }\n") + "steps:\n" + steps.indent(2));
    }

    @Test
    void waysBackThatGoInACircleAreFound() {
        var drain = "- { id: x, action: X, do: drain, node: a }";
        var one = simple("one", "two", drain);
        var two = simple("two", "three", drain);
        var three = simple("three", "two", drain);
        assertThat(lint(one, List.of(two, three), site())).anyMatch(words -> words.contains("one.yaml:1:1")
                && words.contains("goes in a circle: one -> two -> three -> two"));
    }

    @Test
    void aWayBackThatWaitsForASecondPersonIsNone() {
        var one = simple("one", "two", "- { id: x, action: X, do: drain, node: a }");
        var two = simple("two", "", "- { id: ok, approval: Ask, may: approve }\n- { id: x, action: X, do: enable, node: a }");
        var able = new Person("ada", "key", Set.of("approve"));
        assertThat(lint(one, List.of(two), site(able)))
                .anyMatch(words -> words.contains("the way back two cannot run by itself: ok waits for an approval"));
    }

    @Test
    void anApprovalNobodyOnTheRosterCanGiveIsFoundBeforeTheRun() {
        var runbook = simple("one", "", "- { id: ok, approval: Ask, may: release }");
        assertThat(lint(runbook, List.of(), site(new Person("ada", "key", Set.of("approve")))))
                .anyMatch(
                        words -> words.contains("one.yaml:6:") && words.contains("nobody on the roster of site may \"release\""));
        assertThat(lint(runbook, List.of(), site(new Person("ada", "key", Set.of("release")))))
                .anyMatch(words -> words.contains("warning: only ada may \"release\" at ok"));
        assertThat(lint(runbook, List.of(),
                site(new Person("ada", "key", Set.of("release")), new Person("bob", "key", Set.of("release"))))).isEmpty();
    }

    @Test
    void whatComesAfterAPointOfNoReturnMustBeAbleToRun() {
        var runbook = simple("one", "",
                "- { id: p, pointOfNoReturn: P, text: gone, onward: { runbook: two, with: { node: c } } }");
        var two = read("two.yaml", """
                lockkeeper: 1
                id: two
                title: Two
                about: A.
                inputs: { node: { type: node } }
                steps: [ { id: x, action: X, do: enable, node: $node } ]
                """);
        assertThat(lint(runbook, List.of(two), site()))
                .anyMatch(words -> words.contains("what comes after p, two, cannot run: environment site has no node \"c\""));
    }

    @Test
    void versionsThatBelongToAPipelineAreNotDeployedFromHere() {
        var runbook = simple("one", "two", "- { id: d, action: D, do: deploy, node: a, version: v1 }");
        var owned = new Environment("site", Tier.STAGING, "hash", site().nodes(), List.of("edge"), List.of("v1"), 1,
                EnumSet.allOf(Capability.class), 1012, new Guards(List.of(), Map.of(), "Argo CD", false));
        assertThat(lint(runbook, List.of(), owned))
                .anyMatch(words -> words.contains("one.yaml:7:") && words.contains("versions of site belong to Argo CD"));
    }
}
