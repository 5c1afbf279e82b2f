package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import io.lockkeeper.domain.environment.SessionSpec;
import io.lockkeeper.domain.link.Backoff;
import io.netty.channel.ChannelException;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop with its clients. All of it happens on the loop's thread, but for [#start], [#read] and [#stop].
final class FleetLoop implements Wire.Loop {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);
    /// Each client is looked at in every so manieth tick.
    private static final int STRIPES = 4;
    private static final int ARRIVING_AT_ONCE = 100;
    private static final RecvByteBufAllocator RECEIVE = new FixedRecvByteBufAllocator(2048);
    private static final Logger LOG = LoggerFactory.getLogger(FleetLoop.class);

    /// What all loops of a fleet share.
    ///
    /// @param pointers `null` where the service has no sessions
    /// @param front where all but the probes come in
    /// @param origin wall time at `ticks` of the monotonic clock
    record Shared(ClientsSpec spec, Limits limits, @Nullable Pointers pointers, Entrance front, Instant origin,
            long ticks, Consumer<ClientEvent> listener) {}

    private record Lingering(Line line, long until) {}

    private final SingleThreadEventLoop loop;
    private final Shared shared;
    private final Tools tools = Tools.fresh();
    private final LoopTally tally = new LoopTally();
    private final Inbox inbox;
    private final List<FleetClient> clients = new ArrayList<>();
    private final Queue<FleetClient> arriving = new ArrayDeque<>();
    private final Queue<Lingering> lingering = new ArrayDeque<>();
    private final CompletableFuture<Boolean> quiet = new CompletableFuture<>();
    private int stripe;
    private int open;
    private long expected;
    private boolean stopping;
    private boolean complained;

    FleetLoop(SingleThreadEventLoop loop, Shared shared) {
        this.loop = loop;
        this.shared = shared;
        inbox = new Inbox(work -> loop.execute(() -> loop.executeAfterEventLoopIteration(work)));
    }

    /// Before the start only.
    void add(FleetClient client) {
        clients.add(client);
    }

    void start() {
        loop.execute(() -> {
            expected = System.nanoTime() + TICK;
            var _ = loop.scheduleAtFixedRate(this::tick, TICK, TICK, TimeUnit.NANOSECONDS);
            arriving.addAll(clients);
            for (int i = 0; i < ARRIVING_AT_ONCE; i++) {
                settled();
            }
        });
    }

    /// Counted so far.
    Future<LoopTally> read() {
        return loop.submit(() -> {
            long now = System.nanoTime();
            var counted = clients.stream().filter(client -> !client.isProbe()).toList();
            return tally.copy(counted.size(), counted.stream().mapToLong(client -> client.outFor(now)).max().orElse(0));
        });
    }

    /// From now on the probes of these nodes stay away from them, and all others do not.
    void rest(Set<String> nodes) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> {
                if (!stopping) {
                    clients.forEach(client -> client.rest(nodes));
                }
            });
        }
    }

    /// Says goodbye for every client.
    ///
    /// @return done when no connection is left
    Future<Boolean> stop() {
        loop.execute(() -> {
            stopping = true;
            arriving.clear();
            clients.forEach(FleetClient::leave);
            told();
        });
        return quiet;
    }

    private void told() {
        if (stopping && open == 0) {
            quiet.complete(true);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        tally.late(now - expected);
        long seen = inbox.workedUntil(Math.min(now, expected)); // our own lateness is nobody's silence
        expected += TICK;
        for (int i = stripe; i < clients.size(); i += STRIPES) {
            clients.get(i).check(now, seen);
        }
        stripe = (stripe + 1) % STRIPES;
        for (var oldest = lingering.peek(); oldest != null && oldest.until() <= now; oldest = lingering.peek()) {
            oldest.line().cut();
            lingering.remove();
        }
    }

    /// A client has made its first attempt: the next may make its own.
    void settled() {
        var next = arriving.poll();
        if (next != null) {
            next.arrive();
        }
    }

    /// @param query from `?`, or empty
    /// @param client name of the one who dials
    Line dial(Entrance entrance, String query, String client, Ear ear) {
        var door = entrance.door();
        var wire = new Wire(this, ear, new Handshake(tools.nonce(), shared.spec().subprotocols()), door.resource(query),
                door.knownHead(client));
        var address = door.address();
        if (address == null) {
            wire.unreachable(Cause.UNKNOWN_HOST);
            return wire;
        }
        try {
            connect(new NioSocketChannel(), address, entrance.tls(), wire);
        } catch (ChannelException e) {
            noSocket(e);
            wire.unreachable(Cause.UNREACHABLE);
        }
        return wire;
    }

    private void connect(NioSocketChannel channel, InetSocketAddress address, @Nullable Tls tls, Wire wire) {
        open++;
        channel.config().setConnectTimeoutMillis(0).setTcpNoDelay(true).setAllowHalfClosure(tls == null)
                .setRecvByteBufAllocator(RECEIVE);
        if (tls != null) {
            channel.pipeline().addLast(tls.handler(channel.alloc()));
        }
        channel.pipeline().addLast(wire);
        wire.on(channel);
        var _ = channel.closeFuture().addListener(_ -> {
            open--;
            told();
        });
        var _ = loop.register(channel).addListener(registered -> {
            if (registered.isSuccess()) {
                var _ = channel.connect(address).addListener(connected -> {
                    if (!connected.isSuccess()) {
                        wire.unreachable(cause(connected.cause()));
                    }
                });
            } else {
                wire.unreachable(Cause.UNREACHABLE);
                wire.cut();
            }
        });
    }

    private static Cause cause(@Nullable Throwable failure) {
        var words = failure == null ? "" : String.valueOf(failure.getMessage());
        if (words.contains("reset")) {
            return Cause.CUT; // somebody was there, and died while the connection was made
        }
        if (failure instanceof NoRouteToHostException || !(failure instanceof ConnectException)) {
            return Cause.UNREACHABLE;
        }
        return words.contains("refused") ? Cause.REFUSED : words.contains("timed out") ? Cause.TIMEOUT : Cause.UNREACHABLE;
    }

    private void noSocket(ChannelException e) {
        if (!complained) {
            complained = true;
            LOG.warn("this computer gives no more sockets to Lockkeeper, so some clients cannot connect: raise `ulimit -n` ({})",
                    String.valueOf(e.getCause()));
        }
    }

    void beat(Line line) {
        if (shared.spec().heartbeat() instanceof Heartbeat.Text(var text, _)) {
            line.say(text);
        } else {
            line.ping();
        }
    }

    /// In its turn among all that has to be done then.
    void at(long when, Runnable then) {
        if (!loop.isShuttingDown()) {
            var _ = loop.schedule(() -> inbox.later(then), when - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    void emit(ClientEvent event) {
        tally.add(event);
        try {
            shared.listener().accept(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener of the clients failed", e);
        }
    }

    Instant instant(long nanos) {
        return shared.origin().plusNanos(nanos - shared.ticks());
    }

    @Override
    public void linger(Line line) {
        lingering.add(new Lingering(line, System.nanoTime() + shared.limits().goodbye()));
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Tools tools() {
        return tools;
    }

    LoopTally tally() {
        return tally;
    }

    Entrance front() {
        return shared.front();
    }

    Limits limits() {
        return shared.limits();
    }

    Backoff backoff() {
        return shared.spec().backoff();
    }

    @Nullable
    SessionSpec session() {
        return shared.spec().session();
    }

    String hello() {
        return shared.spec().hello();
    }

    @Nullable
    Pointers pointers() {
        return shared.pointers();
    }
}
