package io.lockkeeper.adapter.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDoorwayTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    /// Enough of a codec for one kind of message.
    private static final class Words implements SocketDoorway.Codec {
        @Override
        public String encode(Message message) {
            return message instanceof Message.Refused(long id, var why) ? id + " " + why : "?";
        }

        @Override
        public Message decode(String line) throws IOException {
            var words = line.split(" ", 2);
            if (words.length < 2 || !words[0].matches("\\d+")) {
                throw new IOException("no message: " + line);
            }
            return new Message.Refused(Long.parseLong(words[0]), words[1]);
        }
    }

    private SocketDoorway doorway() throws IOException {
        return new SocketDoorway(folder.resolve("run"), "demo", new Words());
    }

    /// Says everything back, with one more.
    private static void echo(Conversation caller) {
        try {
            while (true) {
                var message = caller.receive(LIMIT);
                if (message.isPresent() && message.get() instanceof Message.Refused(long id, var why)) {
                    caller.send(new Message.Refused(id + 1, why));
                }
            }
        } catch (IOException _) {
            // the caller hung up, or said something that is no message
        }
    }

    @Test
    void messagesGoBothWaysHoweverLongTheyAre() throws Exception {
        try (var _ = doorway().open(SocketDoorwayTest::echo); var call = doorway().call()) {
            var why = "ü".repeat(300_000);
            call.send(new Message.Refused(1, why));
            assertThat(call.receive(LIMIT)).contains(new Message.Refused(2, why));
            assertThat(call.receive(Duration.ofMillis(50))).isEmpty();
        }
    }

    @Test
    void whoSaysNonsenseIsHungUpOnAndTheOthersAreNot() throws Exception {
        try (var _ = doorway().open(SocketDoorwayTest::echo);
                var good = doorway().call();
                var bad = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            bad.connect(UnixDomainSocketAddress.of(folder.resolve("run/demo.sock")));
            bad.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
            var end = CompletableFuture.supplyAsync(() -> {
                try {
                    return bad.read(ByteBuffer.allocate(10));
                } catch (IOException _) {
                    return -1;
                }
            });
            assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
            good.send(new Message.Refused(7, "still here"));
            assertThat(good.receive(LIMIT)).contains(new Message.Refused(8, "still here"));
        }
    }

    @Test
    void aClosedDoorIsSaidAndOneLeftByADeadHolderIsReplaced() throws Exception {
        assertThatThrownBy(() -> doorway().call()).isInstanceOf(IOException.class);
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/demo.sock"), "left behind");
        try (var _ = doorway().open(SocketDoorwayTest::echo); var call = doorway().call()) {
            call.send(new Message.Refused(1, "x"));
            assertThat(call.receive(LIMIT)).contains(new Message.Refused(2, "x"));
        }
        assertThatThrownBy(() -> doorway().call()).isInstanceOf(IOException.class);
    }

    @Test
    void onlyTheOwnerCanEnterTheFolderAndALongPathFindsAShorterPlace() throws Exception {
        doorway();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run")))).isEqualTo("rwx------");
        var deep = new SocketDoorway(folder.resolve("a-very-long-name-".repeat(8)), "demo", new Words());
        try (var _ = deep.open(SocketDoorwayTest::echo);
                var call = new SocketDoorway(folder.resolve("a-very-long-name-".repeat(8)), "demo", new Words()).call()) {
            call.send(new Message.Refused(1, "x"));
            assertThat(call.receive(LIMIT)).contains(new Message.Refused(2, "x"));
        }
    }
}
