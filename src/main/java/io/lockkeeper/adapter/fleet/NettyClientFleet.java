package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fleet on Netty's event loops: one up to some thousand clients, a few for more where the machine has the cores.
public final class NettyClientFleet implements ClientFleet {
    private static final int CLIENTS_PER_LOOP = 5_000;
    private static final int MOST_LOOPS = 4;
    private static final long PATIENCE_SECONDS = 5;

    private final ClientsSpec spec;
    private final Secrets secrets;
    private final Time time;
    private final Path folder;
    private final List<FleetLoop> loops = new ArrayList<>();
    private @Nullable MultiThreadIoEventLoopGroup group;
    private LoopTally last = new LoopTally();
    private boolean closed;

    /// @param folder what relative file names are relative to: the environment file's folder
    public NettyClientFleet(ClientsSpec spec, Path folder, Secrets secrets, Time time) {
        this.spec = spec;
        this.folder = folder;
        this.secrets = secrets;
        this.time = time;
    }

    @Override
    public synchronized void start(Consumer<ClientEvent> listener) throws LinkFault {
        if (group != null || closed) {
            throw new IllegalStateException("a fleet is started once");
        }
        var front = Entrance.of(spec, secrets, authority());
        var probes = probes();
        var pointers = spec.session() == null ? null : Pointers.of(spec.session(), spec.version());
        var shared = new FleetLoop.Shared(spec, Limits.of(spec), pointers, front, time.now(), System.nanoTime(), listener);
        int count = Math.clamp((spec.sentinels() + spec.cyclers()) / CLIENTS_PER_LOOP, 1,
                Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_LOOPS));
        var threads = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("clients", true),
                NioIoHandler.newFactory());
        group = threads;
        for (int i = 0; i < count; i++) {
            loops.add(new FleetLoop((SingleThreadEventLoop) threads.next(), shared));
        }
        populate();
        populate(probes);
        loops.forEach(FleetLoop::start);
    }

    /// By node.
    private SortedMap<String, Entrance> probes() throws LinkFault {
        var entrances = new TreeMap<String, Entrance>();
        if (spec.probes() != null) {
            for (var door : spec.probes().doors().entrySet()) {
                entrances.put(door.getKey(), Entrance.of(spec.at(door.getValue()), secrets, authority()));
            }
        }
        return entrances;
    }

    private @Nullable Path authority() {
        return spec.authority() == null ? null : folder.resolve(spec.authority());
    }

    private void populate() {
        for (int i = 1; i <= spec.sentinels(); i++) {
            var loop = loops.get(i % loops.size());
            loop.add(new FleetClient("sentinel-" + i, ClientRole.SENTINEL, loop));
        }
        long start = System.nanoTime();
        long period = Limits.of(spec).cycle();
        for (int i = 1; i <= spec.cyclers(); i++) {
            var loop = loops.get(i % loops.size());
            var cycler = new FleetClient("cycler-" + i, ClientRole.CYCLER, loop);
            cycler.cycle(start + period * i / spec.cyclers(), period);
            loop.add(cycler);
        }
    }

    private void populate(SortedMap<String, Entrance> probes) {
        if (spec.probes() == null) {
            return;
        }
        long start = System.nanoTime();
        long period = spec.probes().every().toNanos();
        int turn = 0;
        for (var probe : probes.entrySet()) {
            var loop = loops.get(turn % loops.size());
            var client = new FleetClient(probe.getKey(), probe.getValue(), loop);
            client.cycle(start + period / probes.size() * ++turn, period);
            loop.add(client);
        }
    }

    @Override
    public synchronized void rest(Set<String> nodes) {
        var asked = Set.copyOf(nodes);
        if (!closed) {
            loops.forEach(loop -> loop.rest(asked));
        }
    }

    @Override
    public synchronized FleetReading read() {
        if (!closed) {
            last = collect();
        }
        return last.reading();
    }

    private LoopTally collect() {
        var sum = new LoopTally();
        var parts = loops.stream().map(FleetLoop::read).toList();
        parts.forEach(part -> {
            var tally = within(part);
            if (tally != null) {
                sum.include(tally);
            }
        });
        return sum;
    }

    /// `null` when it takes too long.
    private static <T> @Nullable T within(Future<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            return null;
        }
    }

    @Override
    public synchronized void close() {
        var threads = group;
        if (closed || threads == null) {
            closed = true;
            return;
        }
        loops.stream().map(FleetLoop::stop).toList().forEach(NettyClientFleet::within);
        last = collect();
        closed = true;
        var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
