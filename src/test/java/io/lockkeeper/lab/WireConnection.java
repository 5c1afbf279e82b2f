package io.lockkeeper.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One connection through a [FaultyWire], both ways. Whatever goes wrong on it ends it, as on a real network.
final class WireConnection {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final FaultyWire wire;
    private final Socket client;
    private final Socket service;
    private volatile @Nullable Fault fault;

    WireConnection(FaultyWire wire, Socket client, Socket service) throws IOException {
        this.wire = wire;
        this.client = client;
        this.service = service;
        client.setTcpNoDelay(true);
        service.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofVirtual().name("wire, there").start(this::there);
        Thread.ofVirtual().name("wire, back").start(this::back);
    }

    private void there() {
        try {
            var pending = new ByteArrayOutputStream();
            var buffer = new byte[1 << 16];
            var in = client.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                pending.write(buffer, 0, count);
                for (int end = end(pending.toByteArray()); end > 0; end = end(pending.toByteArray())) {
                    var all = pending.toByteArray();
                    request(Arrays.copyOf(all, end));
                    pending.reset();
                    pending.write(all, end, all.length - end);
                }
            }
            if (!(fault instanceof Fault.LateRequest)) {
                service.shutdownOutput();
            }
        } catch (IOException _) {
            if (!(fault instanceof Fault.LateRequest)) {
                close();
            }
        }
    }

    /// Where the first request ends, 0 while it is not whole.
    private static int end(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("POST ") && !text.startsWith("GET ")) {
            return text.indexOf('\n') + 1;
        }
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return 0;
        }
        var length = LENGTH.matcher(text.substring(0, head));
        int whole = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        return bytes.length >= whole ? whole : 0;
    }

    private void request(byte[] bytes) throws IOException {
        fault = wire.arrived(new String(bytes, StandardCharsets.UTF_8)).orElse(null);
        switch (fault) {
            case Fault.LostRequest _ -> close();
            case Fault.LateRequest(var by) -> wire.after(by, () -> sendLate(bytes));
            case null -> wire.pass(bytes, service.getOutputStream());
            default -> service.getOutputStream().write(bytes);
        }
    }

    private void sendLate(byte[] bytes) {
        try {
            service.getOutputStream().write(bytes);
            service.shutdownOutput();
        } catch (IOException _) {
            close();
        }
    }

    private void back() {
        try {
            var in = service.getInputStream();
            var buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answer(Arrays.copyOf(buffer, count), in);
            }
            if (fault instanceof Fault.Silence) {
                return;
            }
            if (fault instanceof Fault.LateReply && client.isClosed()) {
                service.close();
                return;
            }
            close();
        } catch (IOException _) {
            if (!(fault instanceof Fault.Silence)) {
                close();
            }
        }
    }

    private void answer(byte[] bytes, InputStream rest) throws IOException {
        var out = client.getOutputStream();
        switch (fault) {
            case Fault.LostReply _ -> close();
            case Fault.Nonsense(var words) -> {
                out.write(words.getBytes(StandardCharsets.UTF_8));
                close();
            }
            case Fault.Reset _ -> {
                client.setSoLinger(true, 0);
                close();
            }
            case Fault.CutReply(int after) -> {
                var whole = new ByteArrayOutputStream();
                whole.write(bytes);
                while (whole.size() < after) {
                    int next = rest.read();
                    if (next < 0) {
                        break;
                    }
                    whole.write(next);
                }
                out.write(whole.toByteArray(), 0, Math.min(after, whole.size()));
                close();
            }
            case Fault.LateReply(var by) -> {
                later(by).join();
                fault = null;
                out.write(bytes);
            }
            case Fault.Silence _ -> {
                // swallowed
            }
            case null, default -> out.write(bytes);
        }
    }

    private CompletableFuture<Void> later(Duration by) {
        var due = new CompletableFuture<Void>();
        wire.after(by, () -> due.complete(null));
        return due;
    }

    void close() {
        for (var socket : new Socket[]{client, service}) {
            try {
                socket.close();
            } catch (IOException _) {
                // it is over either way
            }
        }
        wire.ended(this);
    }
}
