package io.lockkeeper.adapter.socket;

import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Message;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Messages as lines over one channel.
final class LineConversation implements Conversation {
    private static final Duration SLOWEST = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 64 << 20;

    private final SocketChannel channel;
    private final SocketDoorway.Codec codec;
    private final Selector readable;
    private final Selector writable;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineConversation(SocketChannel channel, SocketDoorway.Codec codec) {
        this.channel = channel;
        this.codec = codec;
        try {
            channel.configureBlocking(false);
            readable = Selector.open();
            writable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            channel.register(writable, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void send(Message message) throws IOException {
        var bytes = ByteBuffer.wrap((codec.encode(message) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(writable, SLOWEST);
            }
        }
    }

    private void await(Selector selector, Duration limit) throws IOException {
        selector.select(limit.toMillis());
        if (selector.selectedKeys().isEmpty()) {
            close();
            throw new IOException("the other side does not read");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public Optional<Message> receive(Duration limit) throws IOException {
        try {
            return read(limit);
        } catch (ClosedSelectorException e) {
            throw new IOException("this side hung up", e);
        }
    }

    private Optional<Message> read(Duration limit) throws IOException {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    var text = line.toString(StandardCharsets.UTF_8);
                    line.reset();
                    return Optional.of(codec.decode(text));
                }
                line.write(next);
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a message is longer than 64 MiB");
            }
            int count = channel.read(buffer.clear());
            buffer.flip();
            if (count < 0) {
                throw new EOFException("the other side hung up");
            }
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (count == 0 && (left <= 0 || readable.select(left) == 0)) {
                return Optional.empty();
            }
            readable.selectedKeys().clear();
        }
    }

    @Override
    public void close() {
        try (var _ = channel; var _ = readable; var _ = writable) {
            // closed in reverse order
        } catch (IOException _) {
            // it is over either way
        }
    }
}
