package io.lockkeeper.adapter.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the series of one metric from Prometheus text (0.0.4; OpenMetrics' exemplars are ignored).
final class PrometheusText {
    private final String line;
    private int at;

    private PrometheusText(String line, int at) {
        this.line = line;
        this.at = at;
    }

    record Series(Map<String, String> labels, double value) {}

    /// @throws IllegalArgumentException when a line of that metric is garbled
    static List<Series> series(String text, String metric) {
        var found = new ArrayList<Series>();
        for (var line : text.lines().toList()) {
            if (line.startsWith(metric) && line.length() > metric.length() && "{ \t".indexOf(line.charAt(metric.length())) >= 0) {
                found.add(new PrometheusText(line, metric.length()).series());
            }
        }
        return found;
    }

    private Series series() {
        var labels = new HashMap<String, String>();
        skipBlanks();
        if (peek() == '{') {
            at++;
            while (peek() != '}') {
                label(labels);
            }
            at++;
        }
        return new Series(labels, value());
    }

    private void label(Map<String, String> labels) {
        skipBlanks();
        int equals = line.indexOf('=', at);
        if (equals < 0) {
            throw garbled();
        }
        var name = line.substring(at, equals).strip();
        at = equals + 1;
        skipBlanks();
        labels.put(name, quoted());
        skipBlanks();
        if (peek() == ',') {
            at++;
            skipBlanks();
        } else if (peek() != '}') {
            throw garbled();
        }
    }

    private String quoted() {
        if (peek() != '"') {
            throw garbled();
        }
        at++;
        var text = new StringBuilder();
        while (peek() != '"') {
            char next = line.charAt(at++);
            if (next == '\\') {
                char escaped = peek();
                at++;
                text.append(escaped == 'n' ? '\n' : escaped);
            } else {
                text.append(next);
            }
        }
        at++;
        return text.toString();
    }

    private double value() {
        skipBlanks();
        int end = at;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return switch (line.substring(at, end)) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case String number -> Double.parseDouble(number);
        };
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private char peek() {
        if (at >= line.length()) {
            throw garbled();
        }
        return line.charAt(at);
    }

    private static IllegalArgumentException garbled() {
        return new IllegalArgumentException("not Prometheus text");
    }
}
