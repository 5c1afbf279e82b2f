package io.lockkeeper.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A stable place of the service, `ws-2`: a name and two ports on which one life of a node follows the other. Safe from several threads.
final class Slot {
    /// What it is; the words are those of the API.
    enum Life {
        STARTING, UP, STOPPING, DOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Told after each change, without a lock held.
    interface Listener extends SessionNotice.Listener {
        void changed(Slot slot);
    }

    private static final String ENVIRONMENT = "demo";
    private static final int BIND_TRIES = 5;
    private static final int LOG_LINES = 500;
    private static final int CRASH_AFTER_MILLIS = 1500;

    private final String name;
    private final Random random;
    private final Listener listener;
    private final ScheduledExecutorService clock;
    private final Deque<String> log = new ArrayDeque<>();
    private int wsPort;
    private int httpPort;
    private Life life = Life.DOWN;
    private Version version = Version.V1;
    private @Nullable NodeServer server;
    private int generation;
    private boolean busy;

    Slot(String name, long seed, Listener listener, ScheduledExecutorService clock) {
        this.name = name;
        this.random = new Random(seed * 31 + name.hashCode());
        this.listener = listener;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    synchronized int wsPort() {
        return wsPort;
    }

    synchronized int httpPort() {
        return httpPort;
    }

    synchronized Life life() {
        return life;
    }

    synchronized Version version() {
        return version;
    }

    /// Begins a piece of work on this node's process, one at a time.
    ///
    /// @return false while another has not finished
    synchronized boolean claim() {
        boolean free = !busy;
        busy = true;
        return free;
    }

    synchronized void release() {
        busy = false;
    }

    /// The life that is running, or none.
    synchronized @Nullable NodeServer server() {
        return server;
    }

    List<NodeSession> sessions() {
        var running = server();
        return running == null ? List.of() : running.sessions();
    }

    /// Identity, readiness and own count, each null (or 0) while nothing runs.
    Map<String, @Nullable Object> fields() {
        var running = server();
        var identity = running == null ? null : running.identity();
        return Json.object("observed", life().word(), "ready", running != null && running.ready(), "version",
                identity == null ? version().word() : identity.version().word(), "instance",
                identity == null ? null : identity.instance(),
                "startedAt", identity == null ? null : identity.startedAt().toString(), "environment", ENVIRONMENT, "connections",
                running == null ? 0 : running.connections());
    }

    synchronized List<String> log(int lines) {
        return log.stream().skip(Math.max(0, log.size() - lines)).toList();
    }

    synchronized void note(String line) {
        log.addLast(Instant.now() + " " + name + " " + line);
        if (log.size() > LOG_LINES) {
            log.removeFirst();
        }
    }

    /// Stops what runs and starts the version. Blocks for the time that takes; like the next two only after [#claim].
    void restart(Version next, String why) {
        stop(why);
        start(next);
    }

    /// Closes all sessions with 1001 and ends the node. Blocks.
    void stop(String why) {
        NodeServer running;
        int mine;
        synchronized (this) {
            running = server;
            if (running == null) {
                return;
            }
            mine = ++generation;
            life = Life.STOPPING;
        }
        note("stopping: " + why);
        listener.changed(this);
        running.closeAll(1001, "node stops");
        sleep(pause());
        running.end();
        down(mine, "stopped");
    }

    /// Gone at once, without a close frame.
    void kill(String why) {
        NodeServer running;
        int mine;
        synchronized (this) {
            running = server;
            mine = ++generation;
        }
        if (running != null) {
            running.kill();
        }
        down(mine, why);
    }

    private void down(int mine, String why) {
        synchronized (this) {
            if (generation != mine) {
                return;
            }
            server = null;
            life = Life.DOWN;
        }
        note(why);
        listener.changed(this);
    }

    /// Starts what runs first, on ports that it keeps from then on.
    ///
    /// @throws IOException when it cannot
    void begin(Version first) throws IOException {
        for (int i = 0; i < BIND_TRIES; i++) {
            synchronized (this) {
                wsPort = Ports.free();
                httpPort = Ports.free();
            }
            if (start(first, 0)) {
                return;
            }
        }
        throw new IOException(String.join("; ", log(1)));
    }

    /// Starts it unless it runs. Blocks until it is ready.
    void start(Version next) {
        for (int i = 0; i < BIND_TRIES && !start(next, pause()); i++) {
            note("trying again");
        }
    }

    /// @return false when a port was taken
    private boolean start(Version next, int millis) {
        int mine;
        NodeServer starting;
        try {
            synchronized (this) {
                if (server != null) {
                    return true;
                }
                mine = ++generation;
                version = next;
                var identity = new NodeIdentity(name, next, ENVIRONMENT, HexFormat.of().toHexDigits(random.nextInt()),
                        Instant.now());
                starting = new NodeServer(identity, wsPort, httpPort, listener, clock);
                server = starting;
                life = Life.STARTING;
            }
        } catch (IOException e) {
            note("cannot start: " + e.getMessage());
            return false;
        }
        note("starting " + next.word() + ", instance " + starting.identity().instance());
        listener.changed(this);
        sleep(millis);
        return becomeReady(starting, mine);
    }

    private boolean becomeReady(NodeServer starting, int mine) {
        try {
            synchronized (this) {
                if (generation != mine) {
                    return true; // killed meanwhile
                }
                starting.open();
                life = Life.UP;
            }
        } catch (IOException e) {
            kill("cannot start: " + e.getMessage());
            return false;
        }
        note("ready");
        listener.changed(this);
        if (starting.identity().version() == Version.CRASH) {
            var _ = clock.schedule(() -> crash(starting), CRASH_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void crash(NodeServer crashing) {
        if (server() == crashing) {
            Thread.startVirtualThread(() -> kill("exited with 3"));
        }
    }

    private int pause() {
        synchronized (this) {
            return 850 + random.nextInt(300);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
