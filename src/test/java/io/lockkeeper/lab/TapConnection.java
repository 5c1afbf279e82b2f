package io.lockkeeper.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// One connection through a [Tap]. Its end is passed on as it came: the end of the stream, or a reset.
final class TapConnection {
    private final Tap tap;
    private final int number;
    private final Socket client;
    private final Socket service;
    private final AtomicInteger open = new AtomicInteger(2);

    TapConnection(Tap tap, int number, Socket client, Socket service) throws IOException {
        this.tap = tap;
        this.number = number;
        this.client = client;
        this.service = service;
        client.setTcpNoDelay(true);
        service.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofPlatform().daemon().name("tap, there " + number).start(() -> pass("client", client, service));
        Thread.ofPlatform().daemon().name("tap, back " + number).start(() -> pass("service", service, client));
    }

    private void pass(String side, Socket from, Socket to) {
        var reader = new TapReader((at, what, detail) -> tap.write(number, at, side, what, detail));
        var last = Instant.EPOCH;
        boolean cut = false;
        boolean passing = true;
        try {
            InputStream in = from.getInputStream();
            var buffer = new byte[1 << 16];
            for (int count = in.read(buffer); passing && count >= 0; count = in.read(buffer)) {
                last = Instant.now();
                reader.read(last, Arrays.copyOf(buffer, count));
                passing = pass(buffer, count, to);
            }
        } catch (IOException _) {
            cut = true;
        }
        if (passing && !from.isClosed()) { // else it was the other side that ended, and that tells so
            tap.write(number, Instant.now(), side, cut ? "reset" : "end", last.toString());
        }
        end(cut || !passing, to);
    }

    private static boolean pass(byte[] bytes, int count, Socket to) {
        try {
            to.getOutputStream().write(bytes, 0, count);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void end(boolean cut, Socket to) {
        try {
            if (cut) {
                client.setSoLinger(true, 0);
                service.setSoLinger(true, 0);
                client.close();
                service.close();
            } else {
                to.shutdownOutput();
            }
        } catch (IOException _) {
            // over already
        }
        if (open.decrementAndGet() == 0) {
            for (var socket : new Socket[]{client, service}) {
                try {
                    socket.close();
                } catch (IOException _) {
                    // over already
                }
            }
        }
    }
}
