package io.lockkeeper.adapter.fleet;

/// One connection, from dialling to its end. Belongs to one loop and is used on it only.
interface Line {
    void say(String text);

    void ping();

    /// Sends a close frame and waits for the peer's.
    void close(int code);

    /// Ends it at once; nothing is heard of it any more.
    void cut();

    /// When something was last heard, in nanoseconds of the loop's clock.
    long heard();
}
