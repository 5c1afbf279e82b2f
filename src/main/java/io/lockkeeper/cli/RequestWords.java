package io.lockkeeper.cli;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.run.ReceivedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A request for an approval as whoever signs it reads it: every field of it, and nothing hidden in one.
final class RequestWords {
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}]");
    private static final int LABEL = 24;

    private RequestWords() {}

    static List<String> of(ReceivedRequest request, Instant now) throws ReceivedRequest.NoRequest {
        var lines = new ArrayList<String>();
        lines.add("You are asked to approve one step of one run:");
        request.fields().forEach((name, value) -> lines.add("  " + column(label(name)) + visible(value)));
        var left = Duration.between(now, request.expires());
        lines.add("  " + column("") + "that is in " + Durations.words(Duration.ofSeconds(Math.max(1, left.toSeconds()))));
        return lines;
    }

    private static String label(String field) {
        return switch (field) {
            case "environment file" -> "its file, SHA-256";
            case "runbook" -> "runbook, SHA-256";
            case "plan" -> "compiled plan, SHA-256";
            case "what" -> "what is approved";
            case "needs" -> "you have to be one who may";
            case "targets" -> "nodes";
            default -> visible(field);
        };
    }

    private static String column(String label) {
        return label + " ".repeat(Math.max(2, LABEL + 4 - label.length()));
    }

    /// What a terminal or a reader would not show, or would obey, as its number.
    static String visible(String text) {
        return HIDDEN.matcher(text).replaceAll(found -> "<U+%04X>".formatted(found.group().codePointAt(0)));
    }
}
