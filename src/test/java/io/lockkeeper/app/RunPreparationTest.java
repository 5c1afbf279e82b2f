package io.lockkeeper.app;

import org.assertj.core.api.InstanceOfAssertFactories;
import io.lockkeeper.domain.runbook.Plan;
import org.jspecify.annotations.Nullable;
import java.time.Instant;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.domain.watch.WatchReading;
import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Runbook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPreparationTest {
    private final Trial simulation = new Trial(1);
    private final List<Runbook> runbooks = new ArrayList<>();
    private @Nullable WatchReading watch = new WatchReading(Instant.EPOCH, new Watcher.Watching("window", Instant.EPOCH), null,
            null, null, List.of());
    private final RunPreparation desk = new RunPreparation(Scenes.ENVIRONMENT, new Shipped(), simulation.time, "test",
            () -> "nonce");

    private final class Shipped implements RunbookLibrary {
        @Override
        public List<Runbook> runbooks() {
            return runbooks;
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    @BeforeEach
    void readRunbooks() throws IOException {
        for (var file : RunbookFolder.files(Path.of("runbooks"))) {
            RunbookFolder.read(file).runbook().ifPresent(runbooks::add);
        }
    }

    private Prepared prepare(String runbook, Map<String, String> inputs) {
        var now = simulation.time.now();
        var snapshot = new Snapshot(now, "test", true, simulation.service.model().fleet(), List.of(), null, List.of(), List.of(),
                null,
                null,
                List.of(), watch);
        return desk.prepare(new RunRequest("kim", "", runbook, inputs, true, false), snapshot);
    }

    private List<String> warnings(String runbook, Map<String, String> inputs) {
        return prepare(runbook, inputs) instanceof Prepared.Ready(_, var warnings) ? warnings : List.of("not ready");
    }

    @Test
    void onAGoodDayNothingSpeaksAgainstARun() {
        assertThat(warnings("rolling-deploy", Map.of("version", "v2", "compatible", "both-ways"))).isEmpty();
        assertThat(warnings("rolling-deploy", Map.of("version", "v2"))).singleElement().asString()
                .startsWith("if it has to go back: whether");
    }

    @Test
    void guardsThatAreBlindAreSaidAndTheRunKnowsItsGuards() {
        watch = null;
        assertThat(warnings("graceful-restart", Map.of())).anyMatch(words -> words.startsWith("watch: success-rate, "));
        assertThat(prepare("graceful-restart", Map.of())).isInstanceOfSatisfying(Prepared.Ready.class, ready -> {
            assertThat(ready.start().plan().watch()).startsWith("success-rate", "emergency-failures", "slower-reconnects");
            assertThat(ready.start().wayBack()).isNotNull().extracting(Plan::watch).asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"all | true", "ws-1,ws-2 | true", "ws-2,ws-1 | false", "ws-2 | false"})
    void aRunThatWouldStandStillAtItsFirstNodeSaysSoBeforeItStarts(String nodes, boolean waits) {
        simulation.service.drain("ws-2", "edge");
        simulation.time.pass(Duration.ofSeconds(2));
        var warnings = warnings("rolling-deploy", Map.of("version", "v2", "nodes", nodes));
        assertThat(warnings).anyMatch(words -> words.contains("ws-2 does not serve now"));
        assertThat(warnings.stream().anyMatch(words -> words.contains("the run will wait at ws-1"))).isEqualTo(waits);
    }

    @Test
    void aNodeThatWasTakenOutCanBeReturned() {
        simulation.service.drain("ws-2", "edge");
        simulation.time.pass(Duration.ofSeconds(2));
        assertThat(prepare("return-node", Map.of("node", "ws-2"))).isInstanceOfSatisfying(Prepared.Ready.class,
                ready -> assertThat(ready.start().wayBack()).isNotNull());
    }

    @Test
    void nothingStartsWhileTheStateBeforeTheRunCannotBeRead() {
        simulation.time.in(Duration.ofMinutes(1), () -> {
        });
        var old = simulation.service.model().fleet();
        var later = simulation.time.passed().plusSeconds(90);
        while (simulation.time.step(later)) {
            // time passes
        }
        var snapshot = new Snapshot(simulation.time.now(), "test", true, old, List.of(), null, List.of(), List.of(), null, null,
                List.of());
        var prepared = desk.prepare(new RunRequest("kim", "", "rolling-deploy", Map.of("version", "v2"), true, false), snapshot);
        assertThat(prepared).isInstanceOfSatisfying(Prepared.Refused.class, refused -> assertThat(refused.problems())
                .anyMatch(words -> words.contains("balancer edge cannot be read"))
                .anyMatch(words -> words.contains("ws-1 does not answer")));
    }

    @Test
    void aWayBackThatNamesMoreNodesThanTheRunTouchesIsArmedForAllOfThem() {
        RunbookFolder.read("one.yaml", """
                lockkeeper: 1
                id: one
                title: One
                about: Restarts one node.
                wayBack: { runbook: rollback, with: { nodes: all } }
                steps: [ { id: restart, action: Restart it, do: restart, node: ws-1 } ]
                """).runbook().ifPresent(runbooks::add);
        assertThat(prepare("one", Map.of())).isInstanceOfSatisfying(Prepared.Ready.class, ready -> {
            assertThat(ready.start().restore()).extracting(RestorePoint::node).containsExactly("ws-1");
            assertThat(Objects.requireNonNull(ready.start().wayBack()).leaf("wayBack/back[ws-3]/rollback")).isPresent();
        });
    }
}
