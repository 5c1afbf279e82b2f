package io.lockkeeper.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// One client connection and its node, joined by the balancer until either ends.
final class Relay {
    private static final int BUFFER = 8192;

    private final String node;
    private final Socket client;
    private final Socket upstream;

    Relay(String node, Socket client, Socket upstream) {
        this.node = node;
        this.client = client;
        this.upstream = upstream;
    }

    String node() {
        return node;
    }

    /// Returns when both directions have ended.
    void run() {
        var back = Thread.startVirtualThread(() -> pump(upstream, client));
        pump(client, upstream);
        try {
            back.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    /// Ends both connections at once.
    void cut() {
        close(client);
        close(upstream);
    }

    /// The end of one direction is passed on; the other may still carry the close frame.
    private static void pump(Socket from, Socket to) {
        try {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException _) {
            // an end like any other
        }
        try {
            to.shutdownOutput();
        } catch (IOException _) {
            // already gone
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing to save
        }
    }
}
