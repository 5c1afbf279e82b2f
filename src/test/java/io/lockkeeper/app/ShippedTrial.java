package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelNode;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A shipped runbook on three simulated nodes, prepared as the window and the terminal do it: its restore points are what was read.
final class ShippedTrial {
    static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");

    private static final List<Runbook> RUNBOOKS = runbooks();

    private record Library() implements RunbookLibrary {
        @Override
        public List<Runbook> runbooks() {
            return RUNBOOKS;
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    final VirtualTime time = new VirtualTime();
    final ModelService service;
    final Simulation simulation;
    private final Environment environment;
    private String run = "";

    ShippedTrial(String... balancers) {
        this(UnaryOperator.identity(), balancers);
    }

    /// @param eyes between what was read and what the engine sees
    ShippedTrial(UnaryOperator<Fleet> eyes, String... balancers) {
        environment = new Environment("sim", Tier.SANDBOX, "hash",
                NODES.stream().map(node -> new Environment.NodeSpec(node, node, "sim")).toList(), List.of(balancers),
                List.of("v1", "v2", "v3", ModelNode.BAD), 1, EnumSet.complementOf(EnumSet.of(Capability.SESSIONS)), 1006);
        service = new ModelService(new Model(time, environment, "v1"), new Random(1), 10, 0);
        var journal = new MemoryJournal();
        try {
            simulation = new Simulation(new Simulation.Parts(service, () -> journal, new PassingEvents(), _ -> Fate.FINE,
                    UnaryOperator.identity(), eyes));
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    private static List<Runbook> runbooks() {
        try {
            return RunbookFolder.files(Path.of("runbooks")).stream().flatMap(file -> RunbookFolder.read(file).runbook().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What has been done to the service so far is old by the time a run is prepared.
    Prepared prepare(String runbook, Map<String, String> inputs) {
        time.pass(Duration.ofSeconds(10));
        return new RunPreparation(environment, new Library(), time, "test", () -> "nonce")
                .prepare(new RunRequest("kim", "test", runbook, inputs, false, false), simulation.snapshot());
    }

    /// Started, and what has to be ticked is ticked.
    void start(String runbook, Map<String, String> inputs) {
        var prepared = prepare(runbook, inputs);
        assertThat(prepared).isInstanceOfSatisfying(Prepared.Ready.class, ready -> {
            run = ready.start().run();
            assertThat(simulation.submit(run, ready.start())).isInstanceOf(Submitted.Taken.class);
        });
        if (state().text("before").orElseThrow() instanceof Step.Checklist list) {
            list.items().forEach(item -> submit(new Command.Tick("kim", "before", item.id(), "CHG-1")));
        }
    }

    RunState state() {
        return simulation.run().orElseThrow();
    }

    void submit(Command command) {
        assertThat(simulation.submit(run, command)).as(command.toString()).isInstanceOf(Submitted.Taken.class);
    }

    void rollBack() {
        submit(new Command.RollBack("kim", "enough"));
    }

    void until(String path, StepState at) {
        while (state().step(path).state() != at) {
            assertThat(step()).as(path + " never is " + at).isTrue();
        }
    }

    boolean step() {
        return time.step(time.passed().plus(Duration.ofHours(1)));
    }

    void run(Duration atMost) {
        simulation.run(atMost);
    }

    String version(String node) {
        return service.model().node(node).version();
    }

    RunEvent.RunEnded ended() {
        var end = state().ended();
        assertThat(end).as(() -> "still open: " + Stream.concat(state().current().stream(), state().stopped().stream())
                .map(StepRun::toString).toList()).isNotNull();
        return Objects.requireNonNull(end);
    }

    /// The run has gone back, and nothing is left to be said.
    void isBack() {
        assertThat(ended().ending()).as(ended().summary()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(ended().left()).isEmpty();
    }
}
