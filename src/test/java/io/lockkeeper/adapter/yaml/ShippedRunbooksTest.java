package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Compiled;
import io.lockkeeper.domain.runbook.Compiler;
import io.lockkeeper.domain.runbook.Lint;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShippedRunbooksTest {
    static final Environment LAB = new Environment("lab", Tier.STAGING, "hash",
            List.of(new Environment.NodeSpec("ws-1", null, null), new Environment.NodeSpec("ws-2", null, null),
                    new Environment.NodeSpec("ws-3", null, null)),
            List.of("edge"), List.of("v1", "v2"), 1, EnumSet.complementOf(EnumSet.of(Capability.SESSIONS)), 1006,
            Guards.NONE, errands());

    /// The same without clients of ours.
    private static final Environment UNWATCHED = new Environment("lab", Tier.STAGING, "hash", LAB.nodes(), LAB.balancers(),
            LAB.versions(), 1,
            EnumSet.complementOf(EnumSet.of(Capability.SESSIONS, Capability.CLIENTS, Capability.CLIENT_SESSIONS,
                    Capability.CLIENT_MESSAGES)),
            1006, Guards.NONE, LAB.errands());

    private static Runbook shipped(String id) throws IOException {
        return shipped().stream().filter(runbook -> runbook.id().equals(id)).findFirst().orElseThrow();
    }

    /// Those of the example.
    private static PinnedErrands errands() {
        try {
            var file = Path.of("environments/haproxy-supervisor.yaml");
            return EnvironmentYaml.read(file.toString(), Files.readString(file)).file().orElseThrow().errandsOfNodes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Runbook> shipped() throws IOException {
        var runbooks = new ArrayList<Runbook>();
        for (var file : RunbookFolder.files(Path.of("runbooks"))) {
            var read = RunbookFolder.read(file);
            assertThat(read.problems()).isEmpty();
            read.runbook().ifPresent(runbooks::add);
        }
        return runbooks;
    }

    @Test
    void allAreThereAndHaveNothingSaidAgainstThem() throws IOException {
        var runbooks = shipped();
        assertThat(runbooks).extracting(Runbook::id).containsExactly("drain-node", "emergency-recovery",
                "graceful-restart", "return-node", "rollback", "rolling-deploy", "staged-rollout");
        for (var runbook : runbooks) {
            assertThat(Lint.of(runbook, runbooks, Optional.empty())).isEmpty();
            assertThat(Lint.of(runbook, runbooks, Optional.of(LAB))).isEmpty();
            assertThat(Lint.of(runbook, runbooks, Optional.of(UNWATCHED))).isEmpty();
        }
    }

    @Test
    void whatCommandsAndCallsCanSayCompilesForTheExample() throws IOException {
        var read = RunbookFolder.read(Path.of("src/test/resources/runbooks/errands.yaml"));
        assertThat(Lint.of(read.runbook().orElseThrow(), shipped(), Optional.of(LAB))).map(Object::toString).singleElement()
                .asString()
                .contains("warning: the way back does not undo");
        var compiled = Compiler.compile(read.runbook().orElseThrow(), Map.of(), LAB, "", Map.of());
        assertThat(compiled).isInstanceOfSatisfying(Compiled.Ok.class,
                ok -> assertThat(ok.plan().leaves()).filteredOn(Step.Errand.class::isInstance).hasSize(9));
    }

    @Test
    void aMissingCapabilityIsFoundBeforeTheRun() throws IOException {
        var cannotProbe = new Environment("lab", Tier.STAGING, "hash", LAB.nodes(), LAB.balancers(), LAB.versions(), 1,
                Set.of(Capability.DRAIN, Capability.DEPLOY, Capability.RESTART, Capability.NODE_READY, Capability.NODE_VERSION),
                1006);
        var runbooks = shipped();
        assertThat(Lint.of(shipped("rolling-deploy"), runbooks, Optional.of(cannotProbe))).map(Object::toString)
                .anyMatch(words -> words.contains("rolling-deploy.yaml:39:")
                        && words.contains("cannot open and resume a probe session"));
    }

    @Test
    void theRollingDeployIsWrittenOutForEveryNode() throws IOException {
        var compiled = Compiler.compile(shipped("rolling-deploy"), Map.of("version", "v2", "nodes", "ws-3, ws-1"), LAB, "",
                Map.of());
        assertThat(compiled).isInstanceOfSatisfying(Compiled.Ok.class, ok -> {
            assertThat(ok.plan().leaves()).extracting(Step::path).startsWith("before", "roll[ws-3]/drain", "roll[ws-3]/deploy")
                    .endsWith("roll[ws-1]/serves", "roll[ws-1]/felt", "quiet").hasSize(18);
            assertThat(ok.plan().leaf("roll[ws-1]/deploy")).get().isInstanceOfSatisfying(Step.Action.class,
                    action -> assertThat(action.version()).isEqualTo("v2"));
        });
    }

    @Test
    void theWayBackLeadsEachNodeToItsOwnVersionAndLeavesOutWhatWasOut() throws IOException {
        var restore = Map.of("ws-1", new RestorePoint("ws-1", "v1", Map.of("edge", AdminState.ENABLED), Map.of()), "ws-2",
                new RestorePoint("ws-2", "v2", Map.of("edge", AdminState.DRAINED), Map.of()));
        var compiled = Compiler.compile(shipped("rollback"), Map.of("nodes", "ws-1,ws-2"), LAB, "wayBack/", restore);
        assertThat(compiled).isInstanceOfSatisfying(Compiled.Ok.class, ok -> {
            assertThat(ok.plan().leaf("wayBack/back[ws-2]/rollback")).get().isInstanceOfSatisfying(Step.Action.class,
                    action -> assertThat(action.version()).isEqualTo("v2"));
            assertThat(ok.plan().leaf("wayBack/back[ws-1]/enable")).get().isInstanceOf(Step.Action.class);
            assertThat(ok.plan().leaf("wayBack/back[ws-2]/enable")).get().isInstanceOf(Step.Note.class);
        });
    }

    @Test
    void aWrongInputSaysWhatWasExpected() throws IOException {
        assertThat(
                Compiler.compile(shipped("rolling-deploy"), Map.of("version", "v3", "nodes", "ws-11", "deadline", "2h"), LAB, "",
                        Map.of()))
                .isInstanceOfSatisfying(Compiled.Refused.class, refused -> assertThat(refused.problems()).map(Object::toString)
                        .anyMatch(words -> words.contains("knows no version \"v3\""))
                        .anyMatch(words -> words.contains("has no node \"ws-11\" (did you mean \"ws-1\"?)"))
                        .anyMatch(words -> words.contains("must be at most 1h")));
    }

    @Test
    void withoutClientsEachGateThatIsLeftOutSaysSoAndWhy() throws IOException {
        var compiled = Compiler.compile(shipped("rolling-deploy"), Map.of("version", "v2"), UNWATCHED, "", Map.of());
        assertThat(compiled).isInstanceOfSatisfying(Compiled.Ok.class, ok -> {
            assertThat(ok.plan().leaf("roll[ws-1]/felt")).get().isInstanceOfSatisfying(Step.Note.class,
                    note -> assertThat(note.text()).isEqualTo(
                            "left out: clients.disconnected: this environment cannot watch the service with clients of its own"));
            assertThat(ok.plan().leaves()).filteredOn(Step.Note.class::isInstance).extracting(Step::path).containsExactly(
                    "roll[ws-1]/felt", "roll[ws-2]/felt", "roll[ws-3]/felt", "quiet");
        });
        var staged = Compiler.compile(shipped("staged-rollout"), Map.of("version", "v2"), UNWATCHED, "", Map.of());
        assertThat(staged).isInstanceOfSatisfying(Compiled.Ok.class, ok -> {
            assertThat(ok.plan().leaf("last/left-out")).get().isInstanceOfSatisfying(Step.Note.class,
                    note -> assertThat(note.text()).contains("clients.disconnected", "reconnect.success", "triggers.quiet"));
            assertThat(ok.plan().leaf("last")).get().isInstanceOfSatisfying(Step.Soak.class,
                    soak -> assertThat(soak.checks()).hasSize(7));
        });
    }
}
