package io.lockkeeper.port;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// One connection between the holder of an environment and one that follows it. Sending is safe from several threads.
public interface Conversation extends AutoCloseable {
    /// Blocks while the other side is slow, but not for ever: one that does not read is cut off.
    void send(Message message) throws IOException;

    /// The next message; empty when none came within `limit`.
    ///
    /// @throws IOException when the connection is over, or what came is no message
    Optional<Message> receive(Duration limit) throws IOException;

    @Override
    void close();
}
