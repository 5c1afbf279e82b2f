package io.lockkeeper.fleet;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A WebSocket server that shares no code with the fleet: plain NIO, one thread, resumable sessions and numbered messages. It does on order what
/// services do to their clients, counts it, and knows its own times. `NeutralServer PORT`, then a line for each order on its input and one line
/// for each on its output; it ends with its input, or after ten minutes.
///
/// `close CODE`, `reset`, `silent`, `send N`, `skip`, `twice`, `refuse STATUS` (0: serve again), `forget` (sessions), `counts`,
/// `name NODE`, `truth FILE`: `session nanos` for each session that was closed or reset and came back. Until it has a name, a session
/// is also the name of its node, so that a client's events tell which one is its own.
public final class NeutralServer {
    private static final int BACKLOG = 4096;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel door = ServerSocketChannel.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final LinkedBlockingQueue<FutureTask<String>> orders = new LinkedBlockingQueue<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> lostAt = new HashMap<>();
    private final Map<String, Long> backAt = new HashMap<>();
    private final String life = Long.toString(ProcessHandle.current().pid());
    private long numbers;
    private String name = "";
    private int refusing;
    private boolean forgetting;
    private boolean silent;

    private NeutralServer(int port) throws IOException {
        door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        door.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        for (var what : List.of("accepted", "opened", "resumed", "lost", "closed", "reset", "refused", "goodbyes", "ended")) {
            counts.put(what, 0L);
        }
    }

    public static void main(String[] arguments) throws IOException {
        var server = new NeutralServer(Integer.parseInt(arguments[0]));
        Thread.ofPlatform().daemon().start(server::obey);
        server.serve();
        Runtime.getRuntime().halt(0);
    }

    private void obey() {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        out.println("ready " + port());
        try (var lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                var words = lines.nextLine().split(" ", 2);
                out.println(done(() -> order(words[0], words.length > 1 ? words[1] : "")));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private int port() {
        return door.socket().getLocalPort();
    }

    private String done(Callable<String> work) {
        var task = new FutureTask<>(work);
        orders.add(task);
        selector.wakeup();
        try {
            return task.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return "error " + e;
        }
    }

    private void serve() throws IOException {
        long end = System.nanoTime() + LONGEST;
        while (System.nanoTime() < end) {
            selector.select(1000);
            for (var order = orders.poll(); order != null; order = orders.poll()) {
                order.run();
            }
            for (var key : selector.selectedKeys()) {
                try {
                    if (key.isAcceptable()) {
                        accept();
                    } else if (key.attachment() instanceof Client client) {
                        client.read();
                    }
                } catch (CancelledKeyException _) {
                    // ended meanwhile
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private void accept() throws IOException {
        for (var channel = door.accept(); channel != null; channel = door.accept()) {
            count("accepted");
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ).attach(new Client(channel));
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private String order(String verb, String argument) throws IOException {
        switch (verb) {
            case "close" -> open().forEach(client -> client.close(Integer.parseInt(argument)));
            case "reset" -> open().forEach(Client::reset);
            case "silent" -> silent = true;
            case "send" -> open().forEach(client -> client.send(Integer.parseInt(argument)));
            case "skip" -> open().forEach(client -> client.seq++);
            case "twice" -> open().forEach(Client::again);
            case "refuse" -> refusing = Integer.parseInt(argument);
            case "forget" -> forgetting = true;
            case "name" -> name = argument;
            case "truth" -> Files.write(Path.of(argument), truth());
            case "counts" -> {
                return "{"
                        + String.join(", ", counts.entrySet().stream().map(one -> "\"" + one.getKey() + "\": " + one.getValue())
                                .toList())
                        + ", \"open\": " + open().size() + "}";
            }
            default -> throw new IOException("no such order: " + verb);
        }
        return "done " + System.nanoTime();
    }

    private List<String> truth() {
        var lines = new ArrayList<String>();
        backAt.forEach((session, at) -> lines.add(session + " " + (at - lostAt.getOrDefault(session, 0L))));
        lostAt.clear();
        backAt.clear();
        return lines;
    }

    private List<Client> open() {
        return selector.keys().stream().map(SelectionKey::attachment).filter(Client.class::isInstance).map(Client.class::cast)
                .filter(client -> client.session != null && !client.over).toList();
    }

    /// One connection.
    private final class Client {
        private final SocketChannel channel;
        private byte[] rest = {};
        private boolean shaken;
        private boolean over;
        private @Nullable String session;
        private long seq;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void read() {
            in.clear();
            int size;
            try {
                size = channel.read(in);
            } catch (IOException _) {
                size = -1;
            }
            if (size < 0) {
                end();
                return;
            }
            var bytes = new byte[rest.length + size];
            System.arraycopy(rest, 0, bytes, 0, rest.length);
            in.flip().get(bytes, rest.length, size);
            rest = bytes;
            if (!shaken) {
                handshake();
            }
            while (shaken && frame()) {
                // the next
            }
        }

        private void handshake() {
            var text = new String(rest, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            rest = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
            if (refusing > 0) {
                count("refused");
                write(("HTTP/1.1 " + refusing + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                end();
                return;
            }
            var key = text.replaceFirst("(?is).*Sec-WebSocket-Key: *([^\r]*).*", "$1");
            write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    + Sha1.accept(key) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            shaken = true;
            var resume = text.substring(0, text.indexOf("\r\n")).replaceFirst("^GET [^?]*\\??", "").replaceFirst(" HTTP/1.1$",
                    "");
            if (!resume.isEmpty()) {
                var token = resume.replaceFirst("resume=secret-([^&]*)&last=.*", "$1");
                greet(forgetting ? fresh() : token, forgetting ? "lost" : "resumed",
                        forgetting ? 0 : Long.parseLong(resume.replaceFirst(".*&last=", "")));
            }
        }

        private String fresh() {
            return "s-" + life + "-" + ++numbers;
        }

        private void greet(String id, String kind, long last) {
            session = id;
            seq = last;
            text("{\"session\": \"" + id + "\", \"token\": \"secret-" + id + "\", \"node\": \"" + (name.isEmpty() ? id : name)
                    + "\", \"version\": \"v1\", \"kind\": \""
                    + kind + "\", \"seq\": " + last + "}");
            count(kind.equals("new") ? "opened" : kind);
            if (!kind.equals("new")) {
                backAt.put(id, System.nanoTime());
            }
        }

        /// @return whether there was a whole one
        private boolean frame() {
            if (rest.length < 6) {
                return false;
            }
            int size = rest[1] & 0x7f;
            int header = size == 126 ? 8 : 6;
            int length = size == 126 && rest.length >= 4 ? (rest[2] & 0xff) << 8 | (rest[3] & 0xff) : size;
            if (rest.length < header + length) {
                return false;
            }
            var payload = new byte[length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) (rest[header + i] ^ rest[header - 4 + (i & 3)]);
            }
            int opcode = rest[0] & 0x0f;
            rest = Arrays.copyOfRange(rest, header + length, rest.length);
            if (silent) {
                return true;
            }
            switch (opcode) {
                case 1 -> {
                    if (session == null) {
                        greet(fresh(), "new", 0);
                    }
                }
                case 8 -> {
                    if (!over) {
                        count("goodbyes");
                        write(0x88, payload);
                    }
                    end();
                }
                case 9 -> write(0x8a, payload);
                default -> {
                    // a pong
                }
            }
            return true;
        }

        void send(int messages) {
            for (int i = 0; i < messages; i++) {
                text("{\"seq\": " + ++seq + ", \"body\": \"\u00e9\"}");
            }
        }

        void again() {
            text("{\"seq\": " + seq + "}");
        }

        void close(int code) {
            write(0x88, new byte[]{(byte) (code >> 8), (byte) code});
            lost("closed");
            over = true;
        }

        void reset() {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException _) {
                // it is gone already
            }
            lost("reset");
            end();
        }

        private void lost(String how) {
            lostAt.put(String.valueOf(session), System.nanoTime());
            backAt.remove(String.valueOf(session));
            count(how);
        }

        private void text(String text) {
            write(0x81, text.getBytes(StandardCharsets.UTF_8));
        }

        private void write(int first, byte[] payload) {
            var frame = ByteBuffer.allocate(payload.length + 4);
            frame.put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else {
                frame.put((byte) 126).putShort((short) payload.length);
            }
            write(Arrays.copyOf(frame.put(payload).array(), frame.position()));
        }

        private void write(byte[] bytes) {
            try {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (IOException _) {
                end();
            }
        }

        private void end() {
            over = true;
            count("ended");
            try {
                channel.close();
            } catch (IOException _) {
                // ended in any case
            }
        }
    }
}
