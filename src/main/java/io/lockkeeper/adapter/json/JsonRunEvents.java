package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.RunEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Run events as journal bodies. The type stands in the journal's own field and not again in the body.
public final class JsonRunEvents implements RunEvents {
    /// Every type is still in its first version. A change of a type's fields gives it a new version and an upcaster from the old one.
    private static final int VERSION = 1;

    private static final Map<String, Class<?>> TYPES = Arrays.stream(RunEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    /// By type: from version n (at index n - 1) to version n + 1.
    private static final Map<String, List<UnaryOperator<JsonNode>>> UPCASTERS = new TreeMap<>();

    private static final JsonMapper JSON = SealedJson.mapper(List.of());

    @Override
    public Encoded encode(RunEvent event) {
        ObjectNode body = JSON.valueToTree(event);
        body.remove("type");
        return new Encoded(event.getClass().getSimpleName(), VERSION, JSON.writeValueAsString(body));
    }

    @Override
    public RunEvent decode(Encoded encoded) throws UnknownEvent {
        var type = TYPES.get(encoded.type());
        if (type == null || encoded.version() > VERSION) {
            throw new UnknownEvent(
                    "event " + encoded.type() + " version " + encoded.version() + " was written by a newer release");
        }
        try {
            var body = JSON.readTree(encoded.body());
            var upcasters = UPCASTERS.getOrDefault(encoded.type(), List.of());
            for (int version = encoded.version(); version < VERSION; version++) {
                body = upcasters.get(version - 1).apply(body);
            }
            ((ObjectNode) body).put("type", encoded.type());
            return JSON.treeToValue(body, RunEvent.class);
        } catch (JacksonException | ClassCastException e) {
            throw new UnknownEvent("event " + encoded.type() + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
