package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.port.Message;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Messages between a holder and its followers as JSON, one object on one line.
public final class JsonMessages {
    private static final JsonMapper JSON = SealedJson
            .mapper(List.of(Message.class, Sight.class, LinkState.class, Watcher.class, Phase.class, Datum.class));

    private JsonMessages() {}

    public static String encode(Message message) {
        return JSON.writerFor(Message.class).writeValueAsString(message);
    }

    public static Message decode(String line) throws IOException {
        try {
            return JSON.readValue(line, Message.class);
        } catch (JacksonException e) {
            throw new IOException("what came is no message of this release: " + e.getClass().getSimpleName(), e);
        }
    }
}
