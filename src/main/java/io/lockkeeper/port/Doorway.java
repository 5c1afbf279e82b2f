package io.lockkeeper.port;

import java.io.IOException;
import java.util.function.Consumer;

/// Where the holder of an environment is reached by others on this machine.
public interface Doorway {
    /// Opens the door; every caller is handed to `each` on a thread of its own. Closing shuts the door and hangs up on nobody.
    AutoCloseable open(Consumer<Conversation> each) throws IOException;

    /// Calls whoever has the door open.
    ///
    /// @throws IOException when nobody answers
    Conversation call() throws IOException;
}
