package io.lockkeeper.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for nodes that come and go. They lie below the range from which the system numbers outgoing connections: a client would otherwise now and
/// then be given the port of a node that is just restarting, and the node could not come back. Not drawn from the demo's seed: another demo with the
/// same seed would draw the same.
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int COUNT = 12_000;
    private static final int TRIES = 50;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /// Taken by nobody now, and not handed out before by this process.
    public static int free() throws IOException {
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + random.nextInt(COUNT);
            if (!HANDED_OUT.add(port)) {
                continue;
            }
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException _) {
                // taken: the next one
            }
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
