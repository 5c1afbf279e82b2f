package io.lockkeeper.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Ports for nodes that come and go. They lie below the range from which the system numbers outgoing connections: a client would otherwise now and
/// then be given the port of a node that is just restarting, and the node could not come back. Not drawn from the demo's seed: another demo with the
/// same seed would draw the same.
///
/// A process takes whole blocks of ports, and listens on the first port of each for as long as it lives: another process, which asks here too, is
/// not given a port that this one has handed out and nobody listens on yet, or not at the moment.
///
/// Safe for use by several threads.
public final class Ports {
    private static final Ports OF_THIS_PROCESS = new Ports(20_000, 12_000, 40);

    private final int lowest;
    private final int blocks;
    private final int block;
    private final List<ServerSocket> taken = new ArrayList<>();
    private final Deque<Integer> left = new ArrayDeque<>();

    /// @param lowest the first port of the range
    /// @param count ports in the range
    /// @param block ports in a block, its first one, which nobody is given, included
    Ports(int lowest, int count, int block) {
        this.lowest = lowest;
        this.blocks = count / block;
        this.block = block;
    }

    /// Taken by nobody now, and not handed out before by this process, nor by another that lives.
    public static int free() throws IOException {
        return OF_THIS_PROCESS.next();
    }

    synchronized int next() throws IOException {
        do {
            while (!left.isEmpty()) {
                int port = left.removeFirst();
                try (var probe = listening(port)) {
                    if (probe != null) {
                        return port;
                    }
                }
            }
        } while (takeBlock());
        try (var anywhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return anywhere.getLocalPort();
        }
    }

    private boolean takeBlock() {
        int start = ThreadLocalRandom.current().nextInt(blocks);
        for (int i = 0; i < blocks; i++) {
            int first = lowest + (start + i) % blocks * block;
            var guard = listening(first);
            if (guard != null) {
                taken.add(guard);
                IntStream.range(first + 1, first + block).forEach(left::add);
                return true;
            }
        }
        return false;
    }

    private static @Nullable ServerSocket listening(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException _) {
            return null; // somebody else does
        }
    }
}
