package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON for scripts: events and the state of an environment, one object on one line each.
public final class JsonWords {
    private static final JsonMapper JSON = SealedJson
            .mapper(List.of(Sight.class, LinkState.class, Watcher.class, Phase.class, Datum.class));

    /// Who may order an environment about; all but the first are `null` while nobody took control.
    public record Control(boolean required, @Nullable String actor, @Nullable String reason, @Nullable Instant since,
            @Nullable Instant until) {}

    private record Status(String environment, String tier, String holder, boolean following, Control control,
            List<LinkView> links, Fleet fleet, @Nullable String openRun, @Nullable WatchReading watch,
            @Nullable String history, JsonSignals signals, List<ChannelReading> channels) {}

    private JsonWords() {}

    public static String event(long seq, String run, RunEvent event) {
        ObjectNode body = JSON.valueToTree(event);
        var line = JSON.createObjectNode().put("seq", seq).put("run", run).put("type", event.getClass().getSimpleName());
        body.remove("type");
        line.setAll(body);
        return JSON.writeValueAsString(line);
    }

    /// Absent values are `null`.
    public static String object(Map<String, ? extends @Nullable Object> values) {
        var line = JSON.createObjectNode();
        values.forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        return JSON.writeValueAsString(line);
    }

    public static String status(Environment environment, String holder, boolean following, Control control,
            List<LinkView> links, Fleet fleet, @Nullable String openRun, @Nullable WatchReading watch,
            @Nullable String history, SignalReadings signals, List<ChannelReading> channels) {
        return JSON.writeValueAsString(
                new Status(environment.name(), environment.tier().name(), holder, following, control, links, fleet, openRun,
                        watch, history, JsonSignals.of(signals), channels));
    }
}
