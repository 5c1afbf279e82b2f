package io.lockkeeper.adapter.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What a program writes: the beginning is kept, the rest is read and thrown away so that the program is not stopped by it.
final class Output {
    static final int LARGEST = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private boolean more;

    /// Reads on a thread of its own: such a read cannot be interrupted, and lasts as long as anybody has the other end open.
    Output(InputStream stream, String name) {
        reader = Thread.ofPlatform().daemon().name(name).start(() -> read(stream));
    }

    private void read(InputStream stream) {
        var buffer = new byte[8 * 1024];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException _) {
            // the program has ended, and what it wrote until then is here
        }
    }

    private synchronized void keep(byte[] buffer, int read) {
        int room = Math.min(read, LARGEST - kept.size());
        kept.write(buffer, 0, room);
        more |= room < read;
    }

    /// A program that has ended may have left others behind that still hold its output open.
    void awaitEnd(Duration limit) throws InterruptedException {
        reader.join(limit);
    }

    synchronized boolean isWhole() {
        return !more;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
