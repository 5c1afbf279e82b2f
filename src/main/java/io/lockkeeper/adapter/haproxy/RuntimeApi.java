package io.lockkeeper.adapter.haproxy;

import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.port.LinkFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// HAProxy's Runtime API: one connection per command, one line out, everything back until the other side closes. There is no status
/// code, so what a reply means is the caller's business.
final class RuntimeApi {
    private static final int LARGEST_REPLY = 32 << 20;
    private final Address address;

    RuntimeApi(Address address) {
        this.address = address;
    }

    /// The command may have been carried out although no whole answer came.
    static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;
        private final boolean sent;

        Unanswered(String why, boolean sent, IOException cause) {
            super(why, cause);
            this.why = why;
            this.sent = sent;
        }

        String why() {
            return why;
        }

        /// Whether any byte of the command had left.
        boolean sent() {
            return sent;
        }
    }

    /// @param limit for the whole exchange
    String ask(String command, Duration limit) throws Unanswered {
        long until = System.nanoTime() + limit.toNanos();
        boolean sent = false;
        try (var selector = Selector.open(); var channel = open()) {
            channel.configureBlocking(false);
            var key = channel.register(selector, 0);
            connect(channel, key, selector, until);
            var out = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
            sent = true;
            while (out.hasRemaining()) {
                channel.write(out);
                if (out.hasRemaining()) {
                    await(key, SelectionKey.OP_WRITE, selector, until);
                }
            }
            channel.shutdownOutput(); // a master keeps the connection open for more commands until it is told that there are none
            return read(channel, key, selector, until);
        } catch (IOException e) {
            throw new Unanswered(words(e), sent, e);
        }
    }

    private SocketChannel open() throws IOException {
        return SocketChannel
                .open(address instanceof Address.Unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
    }

    private void connect(SocketChannel channel, SelectionKey key, Selector selector, long until) throws IOException {
        var target = switch (address) {
            case Address.Unix(var path) -> UnixDomainSocketAddress.of(path);
            case Address.Tcp(var host, int port) -> {
                var resolved = new InetSocketAddress(host, port);
                if (resolved.isUnresolved()) {
                    throw new UnknownHostException("host " + host + " is not known");
                }
                yield resolved;
            }
        };
        if (!channel.connect(target)) {
            while (!channel.finishConnect()) {
                await(key, SelectionKey.OP_CONNECT, selector, until);
            }
        }
    }

    private static String read(SocketChannel channel, SelectionKey key, Selector selector, long until) throws IOException {
        var reply = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(1 << 14);
        while (true) {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                return reply.toString(StandardCharsets.UTF_8);
            }
            if (count == 0) {
                await(key, SelectionKey.OP_READ, selector, until);
            }
            reply.write(buffer.array(), 0, count);
            if (reply.size() > LARGEST_REPLY) {
                throw new IOException("the reply is larger than 32 MiB");
            }
        }
    }

    private static void await(SelectionKey key, int interest, Selector selector, long until) throws IOException {
        long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        key.interestOps(interest);
        if (left <= 0 || selector.select(left) == 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        selector.selectedKeys().clear();
    }

    private static String words(IOException e) {
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// A reading: whatever comes back that is not what was asked for, or not the whole of it, is a fault.
    ///
    /// @param begins how a right answer begins
    String read(String command, String begins, Duration limit) throws LinkFault {
        try {
            var reply = ask(command, limit);
            if (reply.stripLeading().startsWith(begins) && !reply.startsWith("Permission denied")) {
                return whole(command, reply);
            }
            throw fault(command, reply.strip());
        } catch (Unanswered e) {
            throw LinkFault.passing(address + ": " + e.why(), e);
        }
    }

    /// A table that was cut off would read as fewer sessions, fewer servers or no old worker: it is not read at all.
    private String whole(String command, String reply) throws LinkFault {
        if (!reply.equals("\n") && !reply.endsWith("\n\n")) {
            throw LinkFault.passing(address + (reply.isEmpty()
                    ? " closed the connection without answering \""
                    : " closed the connection in the middle of its answer to \"") + command + "\"");
        }
        return reply;
    }

    private LinkFault fault(String command, String reply) {
        if (reply.isEmpty()) {
            return LinkFault.passing(address + " closed the connection without answering \"" + command + "\"");
        }
        var first = reply.lines().findFirst().orElse("");
        if (first.contains("Permission denied")) {
            return LinkFault.permanent(address + " does not permit \"" + command
                    + "\": its level is too low; configure `stats socket ... level admin`");
        }
        return first.contains("No such backend") || first.contains("Can't find backend")
                ? LinkFault.permanent(address + " says \"" + first + "\" to \"" + command
                        + "\": check `backend` in the environment file")
                : LinkFault.passing(address + " answered \"" + first + "\" to \"" + command + "\"");
    }
}
