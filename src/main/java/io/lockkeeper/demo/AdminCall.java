package io.lockkeeper.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One admin request, read.
///
/// @param path its parts, `/v1/nodes/ws-1` being v1, nodes, ws-1
/// @param body an empty object where there was none
record AdminCall(String method, List<String> path, String query, String op, String actor, String reason, JsonNode body) {
    private static final int LONGEST_BODY = 64 * 1024;

    /// @throws AdminRefusal when the body is no JSON object
    static AdminCall read(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        var text = bytes.length == 0 ? "{}" : new String(bytes, StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        try {
            return new AdminCall(exchange.getRequestMethod(),
                    Arrays.stream(uri.getPath().split("/")).filter(part -> !part.isEmpty()).toList(),
                    uri.getQuery() == null ? "" : uri.getQuery(), first(headers.getFirst("Lockkeeper-Op")),
                    first(headers.getFirst("Lockkeeper-Actor")), first(headers.getFirst("Lockkeeper-Reason")),
                    Json.parseObject(text));
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, "body: " + e.getMessage());
        }
    }

    private static String first(@Nullable String header) {
        return header == null ? "" : header.strip();
    }

    boolean post() {
        return method.equals("POST");
    }

    /// A whole number of the body.
    ///
    /// @throws AdminRefusal when it is missing (and there is no default below 0), no number or out of bounds
    int number(String name, int otherwise, int least, int most) {
        var value = body.path(name);
        if (value.isMissingNode() && otherwise >= 0) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw new AdminRefusal(400, name + ": expected a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }
}
