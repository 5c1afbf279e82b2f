package io.lockkeeper.bench;

import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.domain.journal.Draft;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/// What it costs that an event is on disk before anybody acts on it, and to read a journal back. The first argument is the folder, on
/// the disk that is meant.
public final class JournalBench {
    private static final String BODY = "{\"path\":\"roll[ws-1]/drain\",\"attempt\":1,\"words\":\"" + "x".repeat(160) + "\"}";
    private static final Draft DRAFT = new Draft(Instant.EPOCH, "rolling-deploy-20261124-031500", "StepEntered", 1, BODY);

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "journal");
        try (var journal = FileJournal.open(JournalFiles.under(folder, "append"), "bench");
                var plain = FileChannel.open(folder.resolve("plain"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var line = (BODY + "\n").getBytes(StandardCharsets.UTF_8);
            var ten = Collections.nCopies(10, DRAFT);
            new Interleaved().way("an event, on disk before it is acknowledged", 1, () -> journal.append(List.of(DRAFT), false))
                    .way("ten events at once, of each", 10, () -> journal.append(ten, false))
                    .way("an event that is anchored, too", 1, () -> journal.append(List.of(DRAFT), true))
                    .way("its bytes to a file, nothing forced", 1, () -> plain.write(ByteBuffer.wrap(line)))
                    .run("append", 50, 300);
        }
        var small = filled(folder, "small", 1_000);
        var large = filled(folder, "large", 10_000);
        new Interleaved().way("verify, of each of 1,000 entries", 1_000, () -> FileJournal.verify(small))
                .way("verify, of each of 10,000 entries", 10_000, () -> FileJournal.verify(large))
                .way("read, of each of 10,000 entries", 10_000, () -> FileJournal.entries(large, 1)).run("read back", 5, 20);
    }

    private static JournalFiles filled(Path folder, String name, int entries) throws Exception {
        var files = JournalFiles.under(folder, name);
        try (var journal = FileJournal.open(files, "bench")) {
            for (int i = 0; i < entries; i += 100) {
                journal.append(Collections.nCopies(100, DRAFT), i == 0);
            }
        }
        return files;
    }
}
