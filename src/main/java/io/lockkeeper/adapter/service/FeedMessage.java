package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.port.LinkFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One message of the event feed.
record FeedMessage(JsonNode json, long number, String type) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ABNORMAL = 1006;

    static FeedMessage of(String text) throws LinkFault {
        try {
            var json = MAPPER.readTree(text);
            if (json.path("n").canConvertToLong() && json.path("n").isIntegralNumber()) {
                return new FeedMessage(json, json.path("n").asLong(), json.path("type").asString(""));
            }
        } catch (JacksonException _) {
            // told below
        }
        throw LinkFault.passing("the feed said something that is no event with a number");
    }

    boolean isHello() {
        return type.equals("hello");
    }

    /// Hello and heartbeat carry the number of the last event, events their own.
    boolean isEvent() {
        return !isHello() && !type.equals("heartbeat");
    }

    /// Empty for events that are not about a session's place.
    Optional<SessionEvent> session() throws LinkFault {
        return switch (type) {
            case "session.opened" -> Optional.of(new SessionEvent.Opened(text("session"), text("node"), at(json, "at")));
            case "session.resumed" ->
                Optional.of(new SessionEvent.Resumed(text("session"), text("node"), optional("from"), at(json, "at")));
            case "session.lost" -> Optional.of(new SessionEvent.Lost(text("session"), text("node"), at(json, "at")));
            case "session.closed" -> Optional.of(new SessionEvent.Closed(text("session"), text("node"),
                    json.path("code").asInt(ABNORMAL), at(json, "at")));
            default -> Optional.empty();
        };
    }

    /// A line of `GET /v1/sessions`.
    static SessionEvent current(JsonNode line) throws LinkFault {
        var message = new FeedMessage(line, 0, "sessions");
        return new SessionEvent.Opened(message.text("session"), message.text("node"), at(line, "since"));
    }

    private String text(String field) throws LinkFault {
        var text = optional(field);
        if (text == null || text.isEmpty()) {
            throw LinkFault.passing("the feed gives no \"" + field + "\" in " + type);
        }
        return text;
    }

    private @Nullable String optional(String field) {
        var value = json.path(field);
        return value.isString() ? value.asString() : null;
    }

    private static Instant at(JsonNode line, String field) throws LinkFault {
        try {
            return OffsetDateTime.parse(line.path(field).asString("")).toInstant();
        } catch (DateTimeException _) {
            throw LinkFault.passing("the feed gives no ISO 8601 time as \"" + field + "\"");
        }
    }
}
