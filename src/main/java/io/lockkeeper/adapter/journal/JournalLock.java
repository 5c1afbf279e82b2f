package io.lockkeeper.adapter.journal;

import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One holder per journal: a lock that the system drops when the process dies, and a second one inside the process.
final class JournalLock implements AutoCloseable {
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();
    private static final Pattern PID = Pattern.compile("pid (\\d+)");
    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @throws JournalFailure.Held when another process, or another part of this one, has it
    static JournalLock take(Path file, String holder) throws IOException, JournalFailure {
        var real = file.toRealPath();
        if (!HERE.add(real)) {
            throw held(file, ProcessHandle.current().pid());
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw held(file, pidIn(file));
            }
            var words = ByteBuffer
                    .wrap(("pid " + ProcessHandle.current().pid() + ", " + holder + "\n").getBytes(StandardCharsets.UTF_8));
            channel.truncate(0).write(words, 0);
            return new JournalLock(real, channel);
        } catch (OverlappingFileLockException e) {
            close(channel, real);
            throw held(file, ProcessHandle.current().pid());
        } catch (IOException | JournalFailure e) {
            close(channel, real);
            throw e;
        }
    }

    private static void close(@Nullable FileChannel channel, Path real) throws IOException {
        HERE.remove(real);
        if (channel != null) {
            channel.close();
        }
    }

    private static JournalFailure.Held held(Path file, long pid) {
        return new JournalFailure.Held(
                "another process" + (pid == 0 ? "" : " (pid " + pid + ")") + " holds this environment: " + file, pid);
    }

    private static long pidIn(Path file) {
        try {
            var match = PID.matcher(Files.readString(file));
            return match.find() ? Long.parseLong(match.group(1)) : 0;
        } catch (IOException | NumberFormatException _) {
            return 0; // only words for the operator hang on it
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // the lock goes with the process at the latest
        } finally {
            HERE.remove(file);
        }
    }
}
