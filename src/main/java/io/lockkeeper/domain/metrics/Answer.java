package io.lockkeeper.domain.metrics;

import java.util.List;
import java.util.Map;

/// What a source said to everything it was asked at one moment. It has an entry for each ask: samples, or why there are none.
///
/// @param found for a series that is not there an empty list
/// @param failed by ask: one sentence of why it was not answered, while others were
/// @param hints by ask that found nothing: names that the page has and that may have been meant
/// @param warnings of the source itself, in its words
public record Answer(Map<Ask, List<Sample>> found, Map<Ask, String> failed, Map<Ask, List<String>> hints,
        List<String> warnings) {
    public Answer {
        found = Map.copyOf(found);
        failed = Map.copyOf(failed);
        hints = Map.copyOf(hints);
        warnings = List.copyOf(warnings);
    }

    public List<Sample> samples(Ask ask) {
        return found.getOrDefault(ask, List.of());
    }
}
