package io.lockkeeper.adapter.socket;

import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Doorway;
import io.lockkeeper.port.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Unix domain socket in a folder that only its owner can enter; messages are JSON, one on a line.
public final class SocketDoorway implements Doorway {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoorway.class);

    /// What fits into a socket address on Linux and macOS, with room.
    private static final int LONGEST_PATH = 100;

    /// Message to line and back; the decoder throws IOException for what is no message.
    public interface Codec {
        String encode(Message message);

        Message decode(String line) throws IOException;
    }

    private final Path socket;
    private final Codec codec;

    /// @param folder made when it is not there, for the owner alone
    /// @param environment gives the socket its name
    public SocketDoorway(Path folder, String environment, Codec codec) throws IOException {
        this.codec = codec;
        this.socket = place(folder, environment);
    }

    private static Path place(Path folder, String environment) throws IOException {
        var wanted = folder.resolve(environment + ".sock");
        if (wanted.toString().length() <= LONGEST_PATH) {
            create(folder);
            return wanted;
        }
        var name = Integer.toHexString(wanted.toString().hashCode());
        var shorter = Path.of(System.getProperty("java.io.tmpdir"), "lockkeeper-" + System.getProperty("user.name"));
        create(shorter);
        return shorter.resolve(name + ".sock");
    }

    private static void create(Path folder) throws IOException {
        var owner = PosixFilePermissions.fromString("rwx------");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
        }
        Files.setPosixFilePermissions(folder, owner);
    }

    @Override
    public AutoCloseable open(Consumer<Conversation> each) throws IOException {
        Files.deleteIfExists(socket); // of a holder that is gone: the journal's lock says that there is no other
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("doorway").start(() -> accept(server, each));
        return () -> {
            server.close();
            Files.deleteIfExists(socket);
        };
    }

    private void accept(ServerSocketChannel server, Consumer<Conversation> each) {
        Function<SocketChannel, Runnable> serve = channel -> () -> {
            try (var conversation = new LineConversation(channel, codec)) {
                each.accept(conversation);
            }
        };
        while (server.isOpen()) {
            try {
                Thread.ofVirtual().name("follower").start(serve.apply(server.accept()));
            } catch (ClosedChannelException _) {
                return; // the door was shut
            } catch (IOException e) {
                LOG.warn("a caller could not be let in: {}", e.toString());
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    @Override
    public Conversation call() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new LineConversation(channel, codec);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
