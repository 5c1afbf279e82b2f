package io.lockkeeper.cli;

import io.lockkeeper.domain.doc.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--since` and `--until`.
final class PastOptions {
    @Option(names = "--since", paramLabel = "WHEN", description = "how long ago, e.g. 24h, or a time such as 2026-11-26T03:00:00Z")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "likewise; else now")
    @Nullable
    String until;

    record Range(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    /// @param usual how long ago it begins where nothing is said
    Range range(Instant now, Duration usual) throws Desk.Unusable {
        var to = until == null ? now : at("--until", until, now);
        var from = since == null ? to.minus(usual) : at("--since", since, now);
        if (from.isAfter(to)) {
            throw new Desk.Unusable("--since " + since + " is after --until " + until);
        }
        return new Range(from, to);
    }

    private static Instant at(String option, String text, Instant now) throws Desk.Unusable {
        var ago = Durations.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw new Desk.Unusable(
                    option + " " + text + " is neither a duration such as 24h nor a time such as 2026-11-26T03:00:00Z");
        }
    }
}
