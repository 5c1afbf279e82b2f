package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.metrics.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The answer to one instant query, as `/api/v1/query` gives it.
///
/// @param error why this query has no answer, in the server's words; empty where it has
record QueryResult(List<Sample> samples, String error, List<String> warnings) {
    static final int LARGEST = 16 * 1024 * 1024;
    static final int MOST_SERIES = 10_000;
    private static final int MOST_WORDS = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static QueryResult read(int status, InputStream body) throws IOException, GarbledPage {
        var bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new GarbledPage("is larger than " + LARGEST / 1024 / 1024 + " MiB");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JacksonException _) { // its message quotes the body
            throw new GarbledPage(
                    status >= 200 && status < 300 ? "is not JSON: no answer of a PromQL server" : "is none: HTTP " + status);
        }
        var warnings = new ArrayList<String>();
        json.path("warnings").forEach(one -> warnings.add(words(one.asString(""))));
        if (json.path("status").asString("").equals("error")) {
            if (status >= 500) { // overloaded, or not ready: that is the server's, not the query's
                throw new GarbledPage("is none: HTTP " + status + ", " + words(json.path("error").asString("")));
            }
            return new QueryResult(List.of(), "the server refuses the query: " + words(json.path("error").asString("")),
                    warnings);
        }
        if (!json.path("status").asString("").equals("success")) {
            throw new GarbledPage("has no status: no answer of a PromQL server, HTTP " + status);
        }
        var data = json.path("data");
        var result = data.path("result");
        return switch (data.path("resultType").asString("")) {
            case "scalar" -> of(List.of(sample(MAPPER.createObjectNode(), result)), warnings);
            case "vector" -> vector(result, warnings);
            case "matrix" -> failed("the query gives values over a range; it has to give one value: put a function around it");
            case "string" -> failed("the query gives a text, not a number");
            default -> throw new GarbledPage("has a result of an unknown type");
        };
    }

    private static QueryResult of(List<Sample> samples, List<String> warnings) {
        return new QueryResult(samples, "", warnings);
    }

    private static QueryResult failed(String why) {
        return new QueryResult(List.of(), why, List.of());
    }

    private static QueryResult vector(JsonNode result, List<String> warnings) throws GarbledPage {
        if (result.size() > MOST_SERIES) {
            return failed(
                    "the query gives " + result.size() + " series, more than " + MOST_SERIES + ": put sum by (...) around it");
        }
        var samples = new ArrayList<Sample>();
        for (var one : result) {
            if (!one.has("value")) {
                return failed("the query gives histograms; it has to give numbers");
            }
            samples.add(sample(one.path("metric"), one.path("value")));
        }
        return of(samples, warnings);
    }

    /// The time of a value is that of the query, which is no more than when it was asked.
    private static Sample sample(JsonNode metric, JsonNode pair) throws GarbledPage {
        if (!pair.isArray() || pair.size() != 2) {
            throw new GarbledPage("has a value that is no pair of time and number");
        }
        var labels = new HashMap<String, String>();
        metric.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        double seconds = pair.get(0).asDouble(Double.NaN);
        return new Sample(labels, number(pair.get(1).asString("")),
                Double.isFinite(seconds) ? Instant.ofEpochMilli(Math.round(seconds * 1000)) : null);
    }

    private static double number(String text) throws GarbledPage {
        try {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException _) {
            throw new GarbledPage("has a value that is no number");
        }
    }

    private static String words(String said) {
        var line = said.codePoints().map(one -> Character.isISOControl(one) || one == 0x2028 || one == 0x2029 ? ' ' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "...";
    }
}
