package io.lockkeeper.app;

import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelNode;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One run of the plans of [Plans] on three simulated nodes behind one balancer.
final class Trial {
    private static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");
    private static final PinnedErrands ERRANDS = new PinnedErrands("sim", List.of(command("flush"), command("empty")),
            NODES.stream().collect(Collectors.toMap(node -> node, node -> Map.of("node", node))));

    static final Environment ENVIRONMENT = new Environment("sim", Tier.SANDBOX, "hash",
            List.of(new Environment.NodeSpec("ws-1", "ws-1", "sim"), new Environment.NodeSpec("ws-2", "ws-2", "sim"),
                    new Environment.NodeSpec("ws-3", "ws-3", "sim")),
            List.of("edge"), List.of("v1", "v2", ModelNode.BAD), 1, EnumSet.complementOf(
                    EnumSet.of(Capability.SESSIONS, Capability.CLIENTS, Capability.CLIENT_SESSIONS, Capability.CLIENT_MESSAGES)),
            1006,
            Guards.NONE, ERRANDS);

    private static final List<Fate> FATES = List.of(Fate.values());

    final VirtualTime time = new VirtualTime();
    final MemoryJournal journal = new MemoryJournal();
    final ModelService service;
    final Simulation simulation;
    /// What a console would have kept of it that looked on.
    final SignalHistory seen = new SignalHistory(ENVIRONMENT, time.now());
    private Instant lookedAt = time.now();
    private final Random random;

    /// The verb whose requests all have the same fate.
    String lose = "";
    Fate fateOfThose = Fate.NOT_SENT;
    /// How many of a hundred control calls go wrong.
    int faults;

    private static ErrandSpec command(String name) {
        return new ErrandSpec.Command(name,
                List.of(new ErrandSpec.Argument("./" + name + ".sh", false), new ErrandSpec.Argument("node", true)),
                new TreeMap<>(),
                Duration.ofSeconds(30));
    }

    Trial(long seed) {
        random = new Random(seed);
        service = new ModelService(new Model(time, ENVIRONMENT, "v1"), random, 10, 100);
        try {
            simulation = new Simulation(new Simulation.Parts(service, () -> journal, new PassingEvents(), this::fate));
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    private Fate fate(Op op) {
        if (op.order().verb().equals(lose)) {
            return fateOfThose;
        }
        return random.nextInt(100) < faults ? FATES.get(random.nextInt(FATES.size())) : Fate.FINE;
    }

    RunState state() {
        return simulation.engine().history().run("r-1").orElseThrow();
    }

    Submitted submit(Command command) {
        return simulation.submit("r-1", command);
    }

    ModelNode node(String name) {
        return service.model().node(name);
    }

    /// What was sent to change something.
    List<Op> ordered() {
        return service.received().stream().filter(op -> op.order().disruptive()).toList();
    }

    boolean sent(Class<? extends Order> kind) {
        return service.received().stream().anyMatch(op -> kind.isInstance(op.order()));
    }

    /// Keeps what a console would have seen now, some times a second at most.
    void look() {
        if (!time.now().isBefore(lookedAt.plusMillis(200))) {
            lookedAt = time.now();
            seen.add(Scenes.snapshot(this));
        }
    }

    /// Does the next thing; false when nothing happens for an hour.
    boolean step() {
        return time.step(time.passed().plus(Duration.ofHours(1)));
    }

    /// Runs until the run ends, somebody is needed, or the time is over.
    void run(Duration atMost) {
        simulation.run(atMost);
    }
}
