package io.lockkeeper.adapter.journal;

import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.domain.journal.Verification;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a journal from its first byte to its last, one line at a time, and follows the chain. Holds one line in memory.
final class JournalScan {
    private static final int LONGEST_LINE = 64 << 20;

    /// @param head of the last whole line
    /// @param wholeBytes up to the end of that line
    /// @param tornBytes after it: a last line without its line end
    /// @param alteredLine 0, or the first line that does not belong
    record Result(Head head, long wholeBytes, long tornBytes, long alteredLine, String why) {}

    private final JournalFiles files;
    private final Anchors anchors;

    JournalScan(JournalFiles files) {
        this.files = files;
        this.anchors = new Anchors(files.anchorFile());
    }

    /// Follows the chain and hands every sound entry to `each`; stops at the first line that does not belong.
    Result follow(Consumer<Entry> each) throws IOException {
        var head = new Head(0, JournalLine.GENESIS);
        long whole = 0;
        if (!Files.exists(files.journal())) {
            return new Result(head, 0, 0, 0, "");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(files.journal()), 1 << 16)) {
            while (true) {
                var line = new ByteArrayOutputStream();
                boolean ended = readLine(in, line);
                if (!ended) {
                    return new Result(head, whole, line.size(), 0, "");
                }
                var problem = new String[]{""};
                var entry = entry(line, head, problem);
                if (entry == null) {
                    return new Result(head, whole, 0, head.seq() + 1, problem[0]);
                }
                each.accept(entry);
                head = new Head(entry.seq(), entry.hash());
                whole += line.size() + 1;
            }
        }
    }

    /// False at the end of the file: what was read then has no line end.
    private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return true;
            }
            if (line.size() > LONGEST_LINE) {
                return true;
            }
            line.write(b);
        }
        return false;
    }

    private static @Nullable Entry entry(ByteArrayOutputStream line, Head before, String[] problem) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
            var entry = JournalLine.parse(text);
            if (entry.seq() != before.seq() + 1) {
                problem[0] = "its number is " + entry.seq() + ", expected " + (before.seq() + 1);
                return null;
            }
            if (!entry.hash().equals(JournalLine.expectedHash(before.hash(), text))) {
                problem[0] = "its hash does not follow from its text and the line before";
                return null;
            }
            return entry;
        } catch (JournalLine.Malformed e) {
            problem[0] = e.why();
            return null;
        } catch (CharacterCodingException e) {
            problem[0] = "not UTF-8";
            return null;
        }
    }

    Verification verify() throws IOException {
        var check = anchors.check();
        var result = follow(entry -> check.met(entry.seq(), entry.hash()));
        var cannotProve = cannotProve(result.head().seq(), check.newest());
        if (result.alteredLine() > 0) {
            return new Verification.Altered(result.alteredLine(), result.why(), cannotProve);
        }
        if (check.mismatch() > 0) {
            return new Verification.Altered(check.mismatch(),
                    "the anchor of this entry has another hash: the journal was rewritten", cannotProve);
        }
        if (check.newest() > result.head().seq()) {
            return new Verification.Cut(result.head().seq(), check.newest(), cannotProve);
        }
        return result.tornBytes() > 0
                ? new Verification.TornLastLine(result.head().seq(), result.tornBytes(), cannotProve)
                : new Verification.Intact(result.head().seq(), check.count(), cannotProve);
    }

    private static String cannotProve(long entries, long newestAnchor) {
        long after = Math.max(0, entries - newestAnchor);
        return "Not provable from these files alone: that journal and anchors were not both rewritten; that nothing was cut off after the newest anchor ("
                + (newestAnchor == 0 ? "there is none" : "entry " + newestAnchor) + ", " + after
                + " entries follow it). Compare with the hash in a report or notification.";
    }
}
