package io.lockkeeper.domain.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// A request for an approval as it arrived somewhere else: nothing is known there but its own text.
///
/// @param text byte for byte what is to be signed
/// @param fields in the order of the text
public record ReceivedRequest(String text, SequencedMap<String, String> fields) {
    /// A request that is longer is none: nobody could have read it.
    public static final int LARGEST = 64 * 1024;

    private static final List<String> HEAD = List.of("environment", "environment file", "run", "started by", "reason", "runbook",
            "plan", "step", "attempt", "what", "needs");
    private static final List<String> TAIL = List.of("targets", "nonce", "expires");
    private static final String INPUT = "input ";
    private static final String ANSWER = "answer ";
    private static final String ANY_VERSION = ApprovalRequest.FIRST_LINE.replaceFirst("\\d+$", "");

    /// Says in one sentence why a text is no request that can be signed.
    public static final class NoRequest extends Exception {
        private static final long serialVersionUID = 1L;

        NoRequest(String why) {
            super(why);
        }

        public String why() {
            return Objects.requireNonNull(getMessage());
        }
    }

    /// @param received as it was pasted or sent: spaces at the end of a line and empty lines around it all are no part of it
    public static ReceivedRequest read(String received) throws NoRequest {
        if (received.length() > LARGEST) {
            throw new NoRequest("this is longer than 64 KiB: no request for an approval");
        }
        var lines = new ArrayDeque<>(received.strip().lines().map(String::stripTrailing).toList());
        var first = Optional.ofNullable(lines.poll()).orElse("");
        if (!first.equals(ApprovalRequest.FIRST_LINE)) {
            throw new NoRequest(first.startsWith(ANY_VERSION)
                    ? "this request is of another release (" + first.substring(first.lastIndexOf(',') + 1).strip()
                            + "); use that one"
                    : "this is no request for an approval: its first line is not \"" + ApprovalRequest.FIRST_LINE + "\"");
        }
        var text = String.join("\n", lines) + "\n";
        var fields = new LinkedHashMap<String, String>();
        for (var name : HEAD) {
            take(name, lines, fields);
        }
        for (var kind : List.of(INPUT, ANSWER)) {
            while (!lines.isEmpty() && lines.getFirst().startsWith(kind)) {
                take(name(lines.getFirst()), lines, fields);
            }
        }
        for (var name : TAIL) {
            take(name, lines, fields);
        }
        if (!lines.isEmpty()) {
            throw new NoRequest("there is more after the request's last line: \"" + brief(lines.getFirst()) + "\"");
        }
        var request = new ReceivedRequest(ApprovalRequest.FIRST_LINE + "\n" + text, fields);
        request.expires();
        return request;
    }

    private static void take(String name, Deque<String> lines, Map<String, String> fields) throws NoRequest {
        var line = lines.poll();
        if (line == null || !line.startsWith(name + ": ") || name.isEmpty()) {
            var doubled = line == null
                    ? Optional.<String>empty()
                    : fields.keySet().stream().filter(name(line)::equals).findFirst();
            throw new NoRequest(doubled.map(twice -> "the line \"" + twice + ":\" stands here twice")
                    .orElse("the line \"" + name + ":\" is missing where it belongs"
                            + (line == null ? ", at the end" : "; there stands \"" + brief(line) + "\"")));
        }
        if (fields.putIfAbsent(name, line.substring(name.length() + 2)) != null) {
            throw new NoRequest("the line \"" + name + ":\" stands here twice");
        }
    }

    private static String name(String line) {
        return line.substring(0, Math.max(line.indexOf(':'), 0));
    }

    private static String brief(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }

    public String field(String name) {
        return Objects.requireNonNull(fields.get(name));
    }

    public Instant expires() throws NoRequest {
        try {
            return Instant.parse(field("expires"));
        } catch (DateTimeException _) {
            throw new NoRequest("its last line names no time at which it expires");
        }
    }

    /// Why whoever signs as `name` would sign in vain; empty where nothing is known against it.
    public Optional<String> objection(String name, Instant now) throws NoRequest {
        if (!expires().isAfter(now)) {
            return Optional.of("this request expired at " + expires() + ", by the clock of this computer; ask for a new one");
        }
        return name.toLowerCase(Locale.ROOT).equals(field("started by").toLowerCase(Locale.ROOT))
                ? Optional.of(name + " started this run: somebody else has to approve it")
                : Optional.empty();
    }
}
