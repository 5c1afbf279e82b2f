package io.lockkeeper.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket node as its own process, for tests with a real balancer and a real process supervisor.
///
/// `--name ws-1 --ws-port P --http-port Q --version v1 --environment NAME [--drain-close 1001] [--crash-after 1500] [--log FILE]`. Port 0 is any; the ports used are in
/// the log. Ends with 0 after SIGTERM, 1 when a port is taken, 2 for wrong arguments, 3 as version `crash`.
public final class NodeProcess {
    private static final List<String> ARGUMENTS = List.of("--name", "--ws-port", "--http-port", "--version", "--environment",
            "--drain-close", "--crash-after",
            "--seed", "--log");
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

    private NodeProcess() {}

    public static void main(String[] args) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            run(new Options(args, ARGUMENTS));
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            Runtime.getRuntime().halt(2);
        } catch (IOException e) {
            LOG.error("cannot start: {}", e.toString());
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Options options) throws IOException {
        var identity = new NodeIdentity(options.required("--name"), Version.of(options.text("--version", "v1")),
                options.text("--environment", "demo"), bootId(), Instant.now());
        int code = options.number("--drain-close", 1001, 1000, 4999);
        options.number("--seed", 7, 0, Integer.MAX_VALUE); // nothing of a single node is left to chance but its boot id, which must differ
        var log = options.text("--log", "");
        SessionNotice.Listener listener = log.isEmpty() ? _ -> {
        } : new SessionLog(Path.of(log));
        var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("clock").daemon().factory());
        var node = new NodeServer(identity, options.number("--ws-port", 0, 0, 65535), options.number("--http-port", 0, 0, 65535),
                listener, clock);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(node, code)));
        node.open();
        LOG.info("{} {} is up: instance {}, ws port {}, http port {}", identity.name(), identity.version().word(),
                identity.instance(),
                node.wsPort(), node.httpPort());
        crashWhereToldTo(identity, clock, options.number("--crash-after", 1500, 0, 60_000));
    }

    private static void stop(NodeServer node, int code) {
        LOG.info("{} stops and closes {} sessions with {}", node.identity().name(), node.sessions().size(), code);
        node.closeAll(code, "node stops");
        node.end();
        Runtime.getRuntime().halt(0); // a JVM ended by a signal says 143; a supervisor expects 0 of an orderly stop
    }

    private static void crashWhereToldTo(NodeIdentity identity, ScheduledExecutorService clock, int afterMillis) {
        if (identity.version() == Version.CRASH) {
            var _ = clock.schedule(() -> Runtime.getRuntime().halt(3), afterMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static String bootId() {
        var bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
