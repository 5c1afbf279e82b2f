package io.lockkeeper.adapter.journal;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One line of the file: its exact text and its place in the chain. `docs/journal.md` describes the format for auditors.
final class JournalLine {
    /// Stands before the first line.
    static final String GENESIS = "0".repeat(64);

    private static final int HASH_LENGTH = ",\"hash\":\"\"}".length() + 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A line that cannot be one of ours; the message says what was expected.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Malformed(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    private JournalLine() {}

    /// The entry with its hash, and the text to write (without the line end).
    record Written(Entry entry, String text) {}

    static Written write(Draft draft, long seq, String previousHash) {
        if (draft.body().indexOf('\n') >= 0 || !draft.body().startsWith("{")) {
            throw new IllegalArgumentException("a journal body is one JSON object on one line");
        }
        var at = draft.at().truncatedTo(ChronoUnit.MILLIS);
        var run = draft.run() == null ? "null" : JSON.writeValueAsString(draft.run());
        var bare = "{\"seq\":" + seq + ",\"at\":\"" + at + "\",\"run\":" + run + ",\"type\":"
                + JSON.writeValueAsString(draft.type()) + ",\"v\":"
                + draft.version() + ",\"body\":" + draft.body() + "}";
        var hash = hash(previousHash, bare);
        var text = bare.substring(0, bare.length() - 1) + ",\"hash\":\"" + hash + "\"}";
        return new Written(new Entry(seq, at, draft.run(), draft.type(), draft.version(), draft.body(), hash), text);
    }

    /// @throws Malformed when the text is not a line of a journal; a wrong hash is not looked for here
    static Entry parse(String text) throws Malformed {
        try {
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.isObject()) {
                throw new Malformed("not a JSON object");
            }
            long seq = number(json, "seq");
            var at = Instant.parse(string(json, "at"));
            var hash = string(json, "hash");
            if (!text.endsWith(",\"hash\":\"" + hash + "\"}")) {
                throw new Malformed("\"hash\" is not the last field");
            }
            return new Entry(seq, at, run(json), string(json, "type"), (int) number(json, "v"), body(text), hash);
        } catch (JacksonException e) {
            throw new Malformed("not JSON");
        } catch (DateTimeException e) {
            throw new Malformed("\"at\" is not a time");
        }
    }

    private static @Nullable String run(JsonNode json) {
        var run = json.get("run");
        return run == null || run.isNull() ? null : run.asString();
    }

    private static long number(JsonNode json, String field) throws Malformed {
        var value = json.get(field);
        if (value == null || !value.isIntegralNumber()) {
            throw new Malformed("\"" + field + "\" is not a number");
        }
        return value.asLong();
    }

    private static String string(JsonNode json, String field) throws Malformed {
        var value = json.get(field);
        if (value == null || !value.isString()) {
            throw new Malformed("\"" + field + "\" is not a text");
        }
        return value.asString();
    }

    /// The body exactly as written: fields before it cannot contain its key unescaped.
    private static String body(String text) throws Malformed {
        int from = text.indexOf(",\"body\":");
        int to = text.length() - HASH_LENGTH;
        if (from < 0 || from + 8 >= to) {
            throw new Malformed("\"body\" is missing");
        }
        return text.substring(from + 8, to);
    }

    /// The hash that a line's text should carry, given the one before; `null` when the text is too short to be a line.
    static @Nullable String expectedHash(String previousHash, String text) {
        if (text.length() <= HASH_LENGTH) {
            return null;
        }
        return hash(previousHash, text.substring(0, text.length() - HASH_LENGTH) + "}");
    }

    private static String hash(String previousHash, String bare) {
        return sha256(previousHash + sha256(bare));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
