package io.lockkeeper.adapter.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts made from good ones as mistakes, editors and ill will would make them. The same seed gives the same texts.
final class Mutations {
    private static final List<String> VALUES = List.of("", "~", "null", "-1", "0", "99999999999999999999", "1e9", "0x7f", ".inf",
            "NaN", "1s",
            "0s", "90", "9999999999h", "-5m", "1.5h", "101%", "-1%", "%", "$", "$$", "$nope", "$node", "$nodes",
            "$version.before",
            "[]", "{}", "[ws-1, ws-1]", "[[ws-1]]", "{ a: { b: c } }", "*a", "&a x", "!!int 3", "!x y", "<<", "|", ">-", "'",
            "\"", "\"\\u0000\"",
            "\"\\ud800\"", "\uFEFF", "\u2028", "\u202Etxt", "\u0000", "\u0007", "\uD83D\uDE80", "\uD83D", "a\u0301", "\u00A0",
            "true", "yes",
            "2026-11-25", "drain", "deploy", "rollback", "all", "ws-1", "v2", "http://", "tcp://:0", "tcp://127.0.0.1:99999",
            "ws://{ws}/ws",
            "{", "}", "{node}", "{nope}", "/a/~", "~1", "https://u:p@h/", "/", "..", "x: y", "# no", "`", "@", "%TAG ! x",
            "--- a", "...");
    private static final List<String> LINES = List.of("---", "...", "%YAML 1.1", "%YAML 9.9", "%TAG ! tag:x,2000:", "? [a, b]",
            ": c", "? ", "- ", "-",
            "<<: *x", "x: &x { y: *x }", "&a : b", "!!map {}", "\t- a", "a: b: c", "'a': \"b", "steps:", "nodes:",
            "key: |\n  text\n bad", "{", "]",
            "\uFEFFid: x", "a\u0085b: c", "\u2029", "lockkeeper: 1", "lockkeeper: 2", "id: \uD800");

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    String of(String seed) {
        var text = seed;
        for (int change = random.nextInt(4); change >= 0; change--) {
            text = random.nextInt(5) < 2 ? characters(text) : random.nextInt(8) == 0 ? whole(text) : lines(text);
        }
        return text;
    }

    private String characters(String seed) {
        if (seed.isEmpty()) {
            return "x";
        }
        var text = new StringBuilder(seed);
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, "{}[]:,-&*!#$\"'\n\t %@`?|>\r\uFEFF\u0000".charAt(random.nextInt(25)));
            case 2 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 0x250 : 0x10000));
            case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            default -> text.setLength(at);
        }
        return text.toString();
    }

    private String lines(String seed) {
        var lines = new ArrayList<>(List.of(seed.split("\n", -1)));
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        var line = lines.get(at);
        switch (random.nextInt(9)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(other, lines.remove(at));
            case 3 -> lines.set(at, " ".repeat(random.nextInt(7)) + line.strip());
            case 4 -> lines.add(at, " ".repeat(random.nextInt(5)) + pick(LINES));
            case 5 -> lines.set(at, value(line, pick(VALUES)));
            case 6 -> lines.set(at, value(line, own(lines.get(other))));
            case 7 ->
                lines.set(at, line.replaceFirst("\\b(\\w++):", random.nextBoolean() ? "$1$1:" : pickKey(lines.get(other)) + ":"));
            default -> lines.set(at, flow(line));
        }
        return String.join("\n", lines);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String value(String line, String value) {
        int colon = line.indexOf(": ");
        return colon < 0 ? value : line.substring(0, colon + 2) + value;
    }

    private static String own(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static String pickKey(String line) {
        var key = line.strip().replaceAll("[^A-Za-z].*", "");
        return key.isEmpty() ? "x" : key;
    }

    /// One of the values of a flow mapping on one line.
    private String flow(String line) {
        var parts = line.split(", ", -1);
        int at = random.nextInt(parts.length);
        parts[at] = random.nextInt(3) == 0 ? "" : value(parts[at], pick(VALUES));
        return String.join(", ", parts);
    }

    private String whole(String seed) {
        return switch (random.nextInt(8)) {
            case 0 -> "\uFEFF" + seed;
            case 1 -> seed.replace("\n", "\r");
            case 2 -> seed.replace("\n", "\r\n");
            case 3 -> seed + "\n---\n" + seed;
            case 4 -> seed + "\nx: " + "[".repeat(1 + random.nextInt(3000));
            case 5 -> seed + "\nx: " + "{ a: ".repeat(1 + random.nextInt(500)) + "1" + " }".repeat(random.nextInt(500));
            case 6 -> seed + "\nx: " + pick(VALUES).repeat(1 + random.nextInt(5000));
            default -> value(seed, "y".repeat(100_000)) + "\n" + seed;
        };
    }
}
