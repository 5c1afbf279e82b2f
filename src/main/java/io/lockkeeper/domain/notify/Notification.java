package io.lockkeeper.domain.notify;

import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.Tier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Something to be told to people who look at no console.
///
/// @param id made of what it tells, never random: the same at every attempt and after every restart
/// @param urgent whether somebody should look at once
/// @param run `null` where it is of the environment
/// @param at when what it tells came about
/// @param title one line
/// @param text one sentence or more, without the title
public record Notification(String id, Occasion occasion, boolean urgent, String environment, Tier tier, @Nullable String run,
        Instant at, String title, String text) {
    /// What templates may use, and what the generic shape consists of.
    public SequencedMap<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("id", id);
        values.put("occasion", occasion.key());
        values.put("environment", environment);
        values.put("tier", tier.name().toLowerCase(Locale.ROOT));
        values.put("run", run == null ? "" : run);
        values.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("title", title);
        values.put("text", text);
        return values;
    }

    /// When and where, one line: `run drain-1 in demo, 2026-11-26 22:40:01 UTC`.
    public String place() {
        return (run == null ? "" : "run " + run + " in ") + environment + ", "
                + at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }
}
