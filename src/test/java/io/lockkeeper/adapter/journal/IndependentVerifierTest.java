package io.lockkeeper.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.journal.Draft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndependentVerifierTest {
    @TempDir
    Path data;

    @Test
    @Promise(7)
    void aProgramOfTheDocumentationAgreesWithoutAnyCodeOfOurs() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/python3")), "python3 is not installed (apt install python3)");
        var files = JournalFiles.under(data, "demo");
        try (var journal = FileJournal.open(files, "test")) {
            for (int n = 1; n <= 130; n++) {
                journal.append(
                        List.of(new Draft(Instant.EPOCH.plusSeconds(n), "r", "Held", 1,
                                "{\"reason\":\"Prüfung \\\"" + n + "\\\"\"}")),
                        n == 130);
            }
        }
        assertThat(verify(files)).startsWith("intact: 130 entries, 3 anchors met");
        var lines = Files.readAllLines(files.journal());
        Files.writeString(files.journal(), String.join("\n", lines.subList(0, 100)) + "\n");
        assertThat(verify(files)).contains("cut: 100 entries, an anchor knows entry 130");
        lines.set(41, lines.get(41).replace("42", "43"));
        Files.writeString(files.journal(), String.join("\n", lines) + "\n");
        assertThat(verify(files)).contains("altered at line 42");
    }

    private static String verify(JournalFiles files) throws Exception {
        var process = new ProcessBuilder("/usr/bin/python3", "docs/verify_journal.py", files.journal().toString(),
                files.anchorFile().toString())
                .redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
