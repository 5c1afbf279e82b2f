package io.lockkeeper.adapter.json;

import java.util.ArrayList;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.RunEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Run events as journal bodies. The type stands in the journal's own field and not again in the body.
public final class JsonRunEvents implements RunEvents {
    private static final Map<String, Class<?>> TYPES = Arrays.stream(RunEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    /// By type: from version n (at index n - 1) to version n + 1. A type that is not here is in its first version.
    private static final Map<String, List<UnaryOperator<JsonNode>>> UPCASTERS = Map.of("RunStarted",
            List.of(JsonRunEvents::startedWithoutOnward, JsonRunEvents::startedUnguarded));

    private static final JsonMapper JSON = SealedJson.mapper(List.of());

    private static int version(String type) {
        return 1 + UPCASTERS.getOrDefault(type, List.of()).size();
    }

    /// Until points of no return and approvals came.
    private static JsonNode startedWithoutOnward(JsonNode body) {
        var next = (ObjectNode) body;
        next.putObject("onward");
        next.put("nonce", "");
        return next;
    }

    /// Until runbooks named the triggers that guard their runs.
    private static JsonNode startedUnguarded(JsonNode body) {
        var plans = new ArrayList<JsonNode>(List.of(body.path("plan"), body.path("wayBack"), body.path("onAbort")));
        body.path("onward").forEach(plans::add);
        plans.stream().filter(ObjectNode.class::isInstance).forEach(plan -> ((ObjectNode) plan).putArray("watch"));
        return body;
    }

    @Override
    public Encoded encode(RunEvent event) {
        ObjectNode body = JSON.valueToTree(event);
        body.remove("type");
        return new Encoded(event.getClass().getSimpleName(), version(event.getClass().getSimpleName()),
                JSON.writeValueAsString(body));
    }

    @Override
    public RunEvent decode(Encoded encoded) throws UnknownEvent {
        var type = TYPES.get(encoded.type());
        if (type == null || encoded.version() > version(encoded.type())) {
            throw new UnknownEvent(
                    "event " + encoded.type() + " version " + encoded.version() + " was written by a newer release");
        }
        try {
            var body = JSON.readTree(encoded.body());
            var upcasters = UPCASTERS.getOrDefault(encoded.type(), List.of());
            for (int version = encoded.version(); version <= upcasters.size(); version++) {
                body = upcasters.get(version - 1).apply(body);
            }
            ((ObjectNode) body).put("type", encoded.type());
            return JSON.treeToValue(body, RunEvent.class);
        } catch (JacksonException | ClassCastException e) {
            throw new UnknownEvent("event " + encoded.type() + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
