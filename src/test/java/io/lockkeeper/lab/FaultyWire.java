package io.lockkeeper.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A way to a real service that passes everything on until told otherwise, and counts what was asked. Real sockets on loopback; it
/// understands as much of HTTP and of one-line commands as it takes to know where a request ends.
public final class FaultyWire implements AutoCloseable {
    /// A fault that waits for its request.
    ///
    /// @param words a text in the request
    /// @param met counted down when the request has arrived
    public record Planted(String words, Fault fault, CountDownLatch met) {
        public boolean isMet() {
            return met.getCount() == 0;
        }
    }

    private final int target;
    private final ServerSocket door;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("faulty wire").factory());
    private final List<Planted> planted = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);
    private volatile @Nullable Planted holdAfter;
    private final Set<WireConnection> connections = ConcurrentHashMap.newKeySet();

    /// @param target a port on loopback
    public FaultyWire(int target) {
        this.target = target;
        try {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Lab.freePort()), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("wire to " + target).start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// The next request with these words in it meets this fault; the one after that passes again.
    public Planted next(String words, Fault fault) {
        var one = new Planted(words, fault, new CountDownLatch(1));
        planted.add(one);
        return one;
    }

    /// From the moment at which this fault is met nothing more is passed on, until [#release].
    public void holdAfter(Planted one) {
        holdAfter = one;
    }

    public void release() {
        holdAfter = null;
        held.complete(null);
        held = CompletableFuture.completedFuture(null);
    }

    /// Waits while everything is held.
    void pass(byte[] request, OutputStream to) throws IOException {
        held.join();
        to.write(request);
    }

    /// How many requests with these words arrived here, whatever became of them.
    public long asked(String words) {
        return requests.stream().filter(request -> request.contains(words)).count();
    }

    /// Begins to count anew and takes back faults that were not met.
    public void forget() {
        planted.clear();
        requests.clear();
    }

    /// A planted fault takes effect on its own request, whatever is held from then on.
    synchronized Optional<Fault> arrived(String request) {
        requests.add(request);
        var hit = planted.stream().filter(one -> request.contains(one.words())).findFirst();
        hit.ifPresent(one -> {
            planted.remove(one);
            if (one.equals(holdAfter)) {
                held = new CompletableFuture<>();
            }
            one.met().countDown();
        });
        return hit.map(Planted::fault);
    }

    void after(Duration by, Runnable work) {
        var _ = clock.schedule(work, by.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ended(WireConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                connect(client);
            } catch (IOException _) {
                // closed, or the caller is gone already
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var connection = new WireConnection(this, client, new Socket(InetAddress.getLoopbackAddress(), target));
            connections.add(connection);
            connection.start();
        } catch (IOException e) { // the service itself does not listen: neither does the wire
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.forEach(WireConnection::close);
            clock.shutdownNow();
        }
    }
}
