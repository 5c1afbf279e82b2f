package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.doc.Durations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the probe of one node has met: `probe.resumed` as it goes on. By the wall clock.
///
/// @param every from one turn to the next
/// @param newest `null` where there is none: no data
/// @param resumed of the last so many `tries` that count, at most [#LAST]
/// @param resting the node is drained or a run is at work on it, so that it is not probed
public record ProbeReading(String node, Duration every, @Nullable ProbeOutcome newest, int resumed, int tries, boolean resting) {
    public static final int LAST = 20;
    private static final int TURNS = 3;
    private static final Duration LEAST = Duration.ofSeconds(30);

    /// Whether the newest is too old to be taken for what is: of more than three turns ago, and of more than 30 s.
    public boolean old(Instant now) {
        var turns = every.multipliedBy(TURNS);
        return newest != null && newest.at().plus(turns.compareTo(LEAST) < 0 ? LEAST : turns).isBefore(now);
    }

    /// Newest and known not to be good.
    public boolean bad() {
        return newest != null && !newest.good();
    }

    /// `resumed, 12 s ago; 19 of the last 20`, `NO DATA`, `OLD, resting: was resumed, 3 min ago; 20 of the last 20`.
    public String words(Instant now) {
        var rests = resting ? "resting" : "";
        if (newest == null) {
            return "NO DATA" + (rests.isEmpty() ? "" : ", " + rests);
        }
        var head = !old(now) ? rests : rests.isEmpty() ? "OLD" : "OLD, " + rests;
        return (head.isEmpty() ? "" : head + ": was ") + newest.words() + ", " + age(now) + " ago; " + resumed
                + " of the last " + tries;
    }

    /// The same where there is little room: `resumed 12s 19/20`, `REFUSED HTTP 503 12s 3/5`.
    public String brief(Instant now) {
        return newest == null
                ? "NO DATA" + (resting ? ", resting" : "")
                : (resting ? "resting, was " : old(now) ? "was " : "") + newest.words().replace(":", "") + " " + age(now) + " "
                        + resumed + "/" + tries;
    }

    public String age(Instant now) {
        return newest == null
                ? "never"
                : Durations.words(Duration.ofSeconds(Math.max(0, Duration.between(newest.at(), now).toSeconds())));
    }
}
