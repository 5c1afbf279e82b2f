package io.lockkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A way to a front door that changes nothing and writes down, a JSON line each, what passes on every connection and when. Time is taken as soon
/// as bytes are read, before they are passed on. Where the front door does not listen, the tap does not either, so that whoever comes is refused as there.
/// It knows nothing of the product.
public final class Tap implements AutoCloseable {
    private static final long LOOK_MILLIS = 10;
    private static final String LISTENS = "0A";

    private final int target;
    private final int port = Lab.freePort();
    private final JsonMapper json = JsonMapper.builder().build();
    private final BlockingQueue<ObjectNode> lines = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;
    private @Nullable ServerSocket door;

    /// @param target a port on loopback
    /// @param file that lines are written to
    public Tap(int target, Path file) throws IOException {
        this.target = target;
        var writer = Files.newBufferedWriter(file);
        Thread.ofPlatform().daemon().name("tap, writes").start(() -> keep(writer));
        mirror();
        Thread.ofPlatform().daemon().name("tap, looks").start(this::look);
    }

    public int port() {
        return port;
    }

    private void look() {
        try {
            while (!closed) {
                mirror();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opens or closes the door as the target's stands now.
    synchronized void mirror() {
        try {
            boolean open = !closed && listens();
            var mine = door;
            if (open && mine == null) {
                var next = new ServerSocket();
                next.setReuseAddress(true);
                next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
                door = next;
                write(0, Instant.now(), "door", "open", "");
                Thread.ofPlatform().daemon().name("tap, accepts").start(() -> accept(next));
            } else if (!open && mine != null) {
                door = null;
                mine.close();
                write(0, Instant.now(), "door", "shut", "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the kernel has it: to try would be one connection more at the target.
    private boolean listens() throws IOException {
        var local = String.format(":%04X", target);
        return Files.readString(Path.of("/proc/net/tcp")).lines().map(line -> line.strip().split("\\s+"))
                .anyMatch(words -> words[1].endsWith(local) && words[3].equals(LISTENS));
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                connect(from.accept());
            } catch (SocketException _) {
                // closed, or gone already
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        int number = connections.incrementAndGet();
        write(number, Instant.now(), "client", "connect", "");
        try {
            new TapConnection(this, number, client, new Socket(InetAddress.getLoopbackAddress(), target)).start();
        } catch (IOException _) {
            write(number, Instant.now(), "service", "refused", "");
            client.setSoLinger(true, 0);
            client.close();
            mirror();
        }
    }

    /// @param side who did it: `client`, `service`, or the tap's own `door`
    void write(int connection, Instant at, String side, String what, Object detail) {
        ObjectNode line = json.createObjectNode().put("connection", connection).put("at", at.toString()).put("side", side)
                .put("what", what);
        line.set("detail", json.valueToTree(detail));
        lines.add(line);
    }

    /// Apart, so that no connection waits for the disk.
    private void keep(Writer file) {
        try (file) {
            while (!closed || !lines.isEmpty()) {
                file.write(json.writeValueAsString(lines.take()) + "\n");
                if (lines.isEmpty()) {
                    file.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        mirror();
    }
}
