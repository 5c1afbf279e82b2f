package io.lockkeeper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.Promise;
import io.lockkeeper.adapter.control.SocketControls;
import io.lockkeeper.adapter.fleet.NettyClientFleet;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import io.lockkeeper.domain.environment.ControlsSpec;
import io.lockkeeper.domain.environment.SessionSpec;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec.FailuresInARow;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two watches with real clients on one server, in real time. All that one of them sends goes through relays that fall silent; of the other only what
/// goes to the front door does.
@Timeout(120)
@Promise(10)
class OwnNetworkTest {
    private static final int CLIENTS = 8;
    private static final Duration SILENCE = Duration.ofSeconds(3);
    /// One evaluation is enough to fire.
    private static final TriggerSet AT_ONCE = new TriggerSet(List.of(
            new SuccessBelow("at-once", Action.ESCALATE, 80, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1)),
            new FailuresInARow("in-a-row", Action.OFFER, 3, 2)));

    /// A watch with a session's thread of its own.
    private static final class Watching implements AutoCloseable {
        final List<String> fired = new CopyOnWriteArrayList<>();
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private final AtomicReference<@Nullable WatchReading> newest = new AtomicReference<>();
        private final Watch watch;
        private final ScheduledFuture<?> looking;

        Watching(int front, int control) {
            var spec = spec(front, control);
            var time = new RealTime();
            watch = new Watch(
                    new Watch.Parts(new NettyClientFleet(spec, Path.of("."), _ -> new Secret(""), time), AT_ONCE, SILENCE,
                            Watch.Parts.ROOM, new SocketControls(spec.controls().targets()), spec.controls(), Past.NONE),
                    new Watch.Session("test", time, thread, work -> Thread.ofVirtual().start(work),
                            (trigger, evidence) -> fired.add(trigger.name() + ": " + evidence), fired::add));
            watch.start();
            looking = thread.scheduleAtFixedRate(() -> {
                watch.look(new Watch.Scene(null, new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                        Sight.never(time.now())), Map.of(), List.of()));
                newest.set(watch.reading(TriggerRecord.EMPTY));
            }, 0, 200, TimeUnit.MILLISECONDS);
        }

        private static ClientsSpec spec(int front, int control) {
            var session = new SessionSpec("{\"hello\":true}", "/token", new Template("?resume={token}&last={last}"), "/seq",
                    "/session", "/kind", "resumed", "/node");
            return new ClientsSpec("ws://127.0.0.1:" + front + "/ws", new TreeMap<>(), new TreeMap<>(), List.of(), null,
                    session.hello(), session, "/version", Duration.ofSeconds(2), Duration.ofSeconds(2),
                    new Heartbeat.Ping(Duration.ofMillis(500)), SILENCE, CLIENTS, 0, 6,
                    new Backoff(Duration.ofMillis(100), Duration.ofMillis(800)), true,
                    new ControlsSpec(List.of("http://127.0.0.1:" + control + "/"), Duration.ofSeconds(1), Duration.ofSeconds(1),
                            100),
                    null);
        }

        int connected() {
            var reading = newest.get();
            return reading == null || reading.clients() == null ? 0 : reading.clients().connected();
        }

        String doubted() {
            var reading = newest.get();
            return reading == null ? "" : reading.doubted().orElse("");
        }

        Phase phase() {
            var reading = newest.get();
            return reading == null ? new Phase.Quiet("not evaluated yet") : reading.triggers().getFirst().phase();
        }

        boolean judges() {
            return !looking.isDone() && connected() == CLIENTS && doubted().isEmpty()
                    && !phase().words().contains("not evaluated yet")
                    && !phase().words().contains("at fault");
        }

        @Override
        public void close() {
            thread.close();
            watch.close();
        }
    }

    @Test
    void theOwnNetworkCutFiresNothingAndTheFrontDoorCutFires() throws Exception {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try (var server = new ServerProcess(0);
                var front = new SilentRelay(server.port());
                var otherFront = new SilentRelay(server.port());
                var outside = new SilentRelay(http.getAddress().getPort());
                var cut = new Watching(front.port(), outside.port());
                var down = new Watching(otherFront.port(), http.getAddress().getPort())) {
            await().atMost(Duration.ofSeconds(40)).until(() -> cut.judges() && down.judges());
            front.silent(true);
            otherFront.silent(true);
            outside.silent(true);
            await().atMost(Duration.ofSeconds(40)).until(() -> !down.fired.isEmpty());
            await().atMost(Duration.ofSeconds(20)).until(() -> cut.phase() instanceof Phase.Blind
                    && cut.phase().words().contains("the control target outside the service fails too"));
            assertThat(cut.doubted()).contains("OBSERVER_FAULT").contains(CLIENTS + " clients of ours are out");
            assertThat(down.doubted()).isEmpty();
            assertThat(down.fired).anySatisfy(words -> assertThat(words).startsWith("at-once: by attempt 0 %"));

            front.silent(false);
            outside.silent(false);
            await().atMost(Duration.ofSeconds(40)).until(cut::judges);
            assertThat(cut.fired).isEmpty();
        } finally {
            http.stop(0);
        }
    }
}
