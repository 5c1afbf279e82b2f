package io.lockkeeper.domain.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Form;
import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gates on numbers of other systems, as they are written.
class MetricLintTest {
    private static final Ask ANY = new Ask.Query("x");
    private static final List<MetricSignal> TOLD = List.of(signal("custom.queue", new Form.Level(ANY)),
            signal("reconnect.success", new Form.Share(ANY, ANY, Duration.ofMinutes(5))),
            signal("reconnect.time", new Form.Mean(ANY, ANY, Duration.ofSeconds(30))));

    private static MetricSignal signal(String name, Form form) {
        return new MetricSignal(name, form.shape(), "", "", "prom", form, null);
    }

    private static Compiled compile(String steps, List<MetricSignal> told) {
        var environment = new Environment("site", Tier.STAGING, "hash", List.of(new Environment.NodeSpec("a", null, null)),
                List.of("edge"),
                List.of("v1"), 1, EnumSet.allOf(Capability.class), 1012, Guards.NONE, PinnedErrands.NONE, TriggerSet.USUAL, told);
        var text = "lockkeeper: 1\nid: test\ntitle: Test\nsteps:\n" + steps.indent(2);
        return Compiler.compile(RunbookFolder.read("test.yaml", text).runbook().orElseThrow(), Map.of(), environment, "",
                Map.of());
    }

    private static Step only(String gate, List<MetricSignal> told) {
        return compile("- { id: x, gate: X, " + gate + " }", told) instanceof Compiled.Ok ok
                ? ok.plan().leaves().getFirst()
                : new Step.Note("", "", problems(gate, told));
    }

    private static String problems(String gate, List<MetricSignal> told) {
        return compile("- { id: x, gate: X, " + gate + " }", told) instanceof Compiled.Refused(var found)
                ? found.stream().map(Object::toString).collect(Collectors.joining("; "))
                : "";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signal: custom.queue, from: prom, atMost: 100 | from prom at most 100
            signal: reconnect.success, from: prom, atLeast: 99.5%, minSamples: 73, within: 10m | from prom at least 99.5 %, 73 samples
            signal: reconnect.time, from: prom, lessThan: 2s, within: 1m | from prom less than 2s
            signal: custom.queue, from: prom, of: a, lessThan: 5 | from prom less than 5
            """)
    void conditionsReadAsTheyAreWritten(String gate, String words) {
        assertThat(only(gate, TOLD)).isInstanceOfSatisfying(Step.Gate.class, step -> {
            assertThat(step.condition().words()).isEqualTo(words);
            assertThat(gate).contains("signal: " + step.check().name());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signal: custom.queue, from: prom | needs a limit
            signal: custom.queue, from: prim, atMost: 1 | did you mean "prom"?
            signal: custom.queve, from: prom, atMost: 1 | did you mean "custom.queue"?
            signal: reconnect.success, from: prom, atLeast: 95, within: 10m | is a share: "atLeast" must be a percentage
            signal: reconnect.success, from: prom, atLeast: 95%, within: 4m | shorter than the window of 5m
            signal: reconnect.time, from: prom, lessThan: 2, within: 1m | needs a unit
            signal: reconnect.success, from: prom, atLeast: 95%, since: run, within: 10m | "since" has no meaning here
            signal: reconnect.success, from: prom, atLeast: 95%, minSamples: 0, within: 10m | silence would pass
            signal: custom.queue, atMost: 5 | add from: and the name of the source
            signal: metrics, atMost: 5 | "signal" cannot be "metrics"
            signal: node.ready, of: a, is: true, where: metrics | is taken from no source of metrics
            signal: custom.queue, from: prom, atMost: 1, onNoData: wayBack | a way back on missing data
            """)
    void whatDoesNotFitIsSaid(String gate, String words) {
        assertThat(problems(gate, TOLD)).contains(words);
    }

    @Test
    void whereTheEnvironmentHasNoneItIsRefusedOrLeftOut() {
        assertThat(problems("signal: custom.queue, from: prom, atMost: 1", List.of())).contains("has no source prom of metrics")
                .contains("where: metrics");
        assertThat(only("signal: custom.queue, from: prom, atMost: 1, where: metrics", List.of())).isInstanceOfSatisfying(
                Step.Note.class,
                note -> assertThat(note.text()).contains("left out: custom.queue: no prom in this environment tells it"));
    }

    @Test
    void aSoakWatchesThem() {
        var soak = "- { id: s, soak: S, for: 1h, gates: [ { signal: custom.queue, from: prom, atMost: 5 }, "
                + "{ signal: reconnect.success, from: prom, atLeast: 95% } ] }";
        assertThat(compile(soak, TOLD)).isInstanceOfSatisfying(Compiled.Ok.class,
                ok -> assertThat(ok.plan().leaves().getFirst()).isInstanceOfSatisfying(Step.Soak.class,
                        step -> assertThat(step.checks()).extracting(Step.Check::name).containsExactly("custom.queue",
                                "reconnect.success")));
    }
}
