package io.lockkeeper.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a port that can go silent as a network does: what is sent is neither answered, refused nor ended, until it speaks again.
final class SilentRelay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean silent;

    SilentRelay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void silent(boolean next) {
        silent = next;
        notifyAll();
    }

    private synchronized void untilItSpeaks() throws InterruptedException {
        while (silent) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                var caller = door.accept();
                open.add(caller);
                Thread.ofVirtual().start(() -> connect(caller));
            }
        } catch (IOException _) {
            // the door was closed
        }
    }

    private void connect(Socket caller) {
        try {
            untilItSpeaks();
            var there = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(there);
            Thread.ofVirtual().start(() -> copy(there, caller));
            copy(caller, there);
        } catch (IOException _) {
            end(caller);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        var bytes = new byte[8192];
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                untilItSpeaks();
                out.write(bytes, 0, size);
            }
            untilItSpeaks();
        } catch (IOException _) {
            // the other side ends with it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // it is over in any case
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(this::end);
        silent(false);
    }
}
