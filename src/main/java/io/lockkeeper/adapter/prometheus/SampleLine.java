package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.metrics.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line with a sample: `name{label="value"} 12 1700000000`, and the newer form with names in quotes, `{"name","label"="value"} 12`. What follows the
/// timestamp, an exemplar, is passed over.
final class SampleLine {
    private final byte[] bytes;
    private final int end;
    private final Exposition format;
    private final long number;
    private int at;
    private String name = "";
    private final Map<String, String> labels = new LinkedHashMap<>();

    /// @param number of the line, for messages
    SampleLine(byte[] bytes, int end, Exposition format, long number) {
        this.bytes = bytes;
        this.end = end;
        this.format = format;
        this.number = number;
    }

    String name() {
        return name;
    }

    Sample read() throws GarbledPage {
        while (at < end && bytes[at] != '{' && !isBlank()) {
            at++;
        }
        name = text(0, at);
        skipBlanks();
        if (at < end && bytes[at] == '{') {
            at++;
            braces();
        }
        skipBlanks();
        double value = value(word());
        skipBlanks();
        var stamp = at < end && bytes[at] != '#' ? word() : "";
        return new Sample(labels, value, stamp.isEmpty() ? null : time(stamp));
    }

    private void braces() throws GarbledPage {
        skipBlanks();
        while (peek() != '}') {
            boolean quotedName = peek() == '"';
            var label = quotedName ? quoted() : labelName();
            skipBlanks();
            if (peek() == '=') {
                at++;
                skipBlanks();
                if (peek() != '"' || labels.put(label, quoted()) != null) {
                    throw garbled();
                }
            } else if (quotedName && name.isEmpty()) {
                name = label;
            } else {
                throw garbled();
            }
            skipBlanks();
            if (peek() == ',') {
                at++;
                skipBlanks();
            } else if (peek() != '}') {
                throw garbled();
            }
        }
        at++;
    }

    private String labelName() throws GarbledPage {
        int from = at;
        while (at < end && isOfName(bytes[at])) {
            at++;
        }
        if (from == at) {
            throw garbled();
        }
        return text(from, at);
    }

    static boolean isOfName(byte one) {
        return one == '_' || one == ':' || (one >= 0 && Character.isLetterOrDigit(one));
    }

    private String quoted() throws GarbledPage {
        at++;
        int from = at;
        boolean escapes = false;
        while (peek() != '"') {
            if (bytes[at] == '\\') {
                escapes = true;
                at++;
                peek();
            }
            at++;
        }
        var raw = text(from, at);
        at++;
        return escapes ? unescaped(raw) : raw;
    }

    private static String unescaped(String raw) {
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            if (one == '\\' && i + 1 < raw.length()) {
                char next = raw.charAt(++i);
                text.append(next == 'n' ? "\n" : next == '"' || next == '\\' ? String.valueOf(next) : "\\" + next);
            } else {
                text.append(one);
            }
        }
        return text.toString();
    }

    private String word() {
        int from = at;
        while (at < end && !isBlank()) {
            at++;
        }
        return text(from, at);
    }

    private double value(String word) throws GarbledPage {
        return switch (word) {
            case "NaN", "nan" -> Double.NaN;
            case "+Inf", "Inf", "+inf", "inf", "+Infinity", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(word);
        };
    }

    private double decimal(String word) throws GarbledPage {
        if (!word.chars().allMatch(one -> "+-.0123456789eE".indexOf(one) >= 0)) {
            throw garbled(); // Java reads more than the formats allow
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException _) {
            throw garbled();
        }
    }

    /// Milliseconds in Prometheus text, seconds in OpenMetrics.
    private @Nullable Instant time(String word) throws GarbledPage {
        double number = decimal(word);
        double millis = format == Exposition.OPEN_METRICS ? number * 1000 : number;
        if (!Double.isFinite(millis) || Math.abs(millis) > 1e15) {
            throw garbled();
        }
        return Instant.ofEpochMilli(Math.round(millis));
    }

    private boolean isBlank() {
        return bytes[at] == ' ' || bytes[at] == '\t';
    }

    private void skipBlanks() {
        while (at < end && isBlank()) {
            at++;
        }
    }

    private byte peek() throws GarbledPage {
        if (at >= end) {
            throw garbled();
        }
        return bytes[at];
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private GarbledPage garbled() {
        return new GarbledPage("is garbled in line " + number);
    }
}
