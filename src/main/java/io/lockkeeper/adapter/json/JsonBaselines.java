package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.trigger.RecordedBaseline;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Recorded baselines: JSON lines, one on each.
public final class JsonBaselines {
    private static final JsonMapper JSON = SealedJson.mapper(List.of()).rebuild()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    /// @param unusable numbers of the lines that are no baselines, from 1 on
    public record Read(List<RecordedBaseline> baselines, List<Integer> unusable) {}

    private JsonBaselines() {}

    /// One line, without its end.
    public static String encode(RecordedBaseline baseline) {
        return JSON.writeValueAsString(baseline);
    }

    public static Read read(List<String> lines) {
        var baselines = new ArrayList<RecordedBaseline>();
        var unusable = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                if (!lines.get(i).isBlank()) {
                    baselines.add(JSON.readValue(lines.get(i), RecordedBaseline.class));
                }
            } catch (JacksonException _) {
                unusable.add(i + 1);
            }
        }
        return new Read(List.copyOf(baselines), List.copyOf(unusable));
    }
}
