package io.lockkeeper.adapter.journal;

import io.lockkeeper.domain.journal.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Heads of the journal kept in a folder of their own: what shows that its end was cut off or that it was rewritten.
final class Anchors {
    static final int EVERY = 64;
    private static final Pattern LINE = Pattern.compile("\\{\"seq\":(\\d{1,18}),\"hash\":\"([0-9a-f]{64})\",\"at\":\"[^\"]*\"}");
    private final Path file;

    Anchors(Path file) {
        this.file = file;
    }

    /// Durable when it returns.
    void keep(Head head, Instant at) throws IOException {
        var line = "{\"seq\":" + head.seq() + ",\"hash\":\"" + head.hash() + "\",\"at\":\"" + at + "\"}\n";
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            var bytes = ByteBuffer.wrap(((endsWithALine(channel, end) ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(false);
        }
    }

    /// Who was killed in the middle of an anchor must not spoil the next one, too.
    private static boolean endsWithALine(FileChannel channel, long size) throws IOException {
        var last = ByteBuffer.allocate(1);
        return size == 0 || channel.read(last, size - 1) < 1 || last.get(0) == '\n';
    }

    /// Lines that are no anchors (torn ones) are passed over: an anchor only ever adds suspicion.
    Check check() throws IOException {
        var known = new LinkedHashMap<Long, String>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                var match = LINE.matcher(line.strip());
                if (match.matches()) {
                    known.put(Long.parseLong(match.group(1)), match.group(2));
                }
            }
        }
        return new Check(known);
    }

    /// Anchors met while a journal is read.
    static final class Check {
        private final Map<Long, String> known;
        private long mismatch;

        Check(Map<Long, String> known) {
            this.known = known;
        }

        void met(long seq, String hash) {
            var anchored = known.get(seq);
            if (anchored != null && !anchored.equals(hash) && mismatch == 0) {
                mismatch = seq;
            }
        }

        /// 0 when every one met so far agreed.
        long mismatch() {
            return mismatch;
        }

        long newest() {
            return known.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        }

        int count() {
            return known.size();
        }
    }
}
