package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.port.LinkFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One node as `GET /v1/nodes` tells of it, read from three sides.
record NodeLine(JsonNode json) {
    private static final int NORMAL_WEIGHT = 100;

    String name() {
        return json.path("node").asString("");
    }

    ServerReading server() throws LinkFault {
        var admin = Stream.of(AdminState.values()).filter(state -> state.words().equals(text("admin"))).findFirst()
                .orElse(AdminState.UNKNOWN);
        return new ServerReading(admin, observed(), (int) Math.min(count("weight"), Integer.MAX_VALUE), NORMAL_WEIGHT,
                count("sessions"), text("admin") + ", " + text("observed"));
    }

    NodeReading view() throws LinkFault {
        var ready = json.path("ready");
        return new NodeReading(ready.isBoolean() ? (Boolean) ready.asBoolean() : null, text("version"), text("instance"),
                time("startedAt"), json.path("connections").isNumber() ? (Long) count("connections") : null, text("environment"),
                name());
    }

    ProcessReading process() {
        var state = switch (observed()) {
            case UP -> ProcessState.RUNNING;
            case STARTING -> ProcessState.STARTING;
            case STOPPING -> ProcessState.STOPPING;
            case DOWN -> ProcessState.STOPPED;
            case UNCHECKED, UNKNOWN -> ProcessState.UNKNOWN;
        };
        return new ProcessReading(state, text("version"), text("instance"), String.valueOf(text("observed")));
    }

    private ObservedState observed() {
        return Stream.of(ObservedState.values()).filter(state -> state.words().equals(text("observed"))).findFirst()
                .orElse(ObservedState.UNKNOWN);
    }

    private @Nullable String text(String field) {
        var value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    private long count(String field) throws LinkFault {
        var value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw LinkFault.passing("the service gives no count as \"" + field + "\" of " + name());
        }
        return value.asLong();
    }

    private @Nullable Instant time(String field) throws LinkFault {
        var text = text(field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw LinkFault.passing("the service gives no ISO 8601 time as \"" + field + "\" of " + name());
        }
    }
}
