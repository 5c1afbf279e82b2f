package io.lockkeeper.domain.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `reconnect.success`: how many came back among those who had to.
///
/// @param events how many events the losses behind it were
/// @param newest the newest sample; `null` without one
public record Success(By by, Ratio ratio, int events, Window window, @Nullable Instant newest) {
    /// What is counted.
    public enum By {
        /// Losses: back within 30 s, or failed. A client that is still out past its deadline counts, however long ago that was.
        CLIENT,
        /// Attempts to come back.
        ATTEMPT;

        public String words() {
            return this == CLIENT ? "by client" : "by attempt";
        }
    }

    public boolean noData() {
        return ratio.tried() == 0;
    }

    /// As a gate asks: PASS only with enough samples out of enough events.
    public Reading atLeast(double limit, long minSamples, int minEvents) {
        var verdict = ratio.atLeast(limit, minSamples);
        var few = verdict == Verdict.PASS && events < minEvents;
        return new Reading(few ? Verdict.INCONCLUSIVE : verdict, (int) Math.min(Integer.MAX_VALUE, ratio.tried()), ratio.words(),
                newest,
                noData()
                        ? "nobody had to come back in the window"
                        : by.words() + " " + ratio.words() + ", " + events + (events == 1 ? " event" : " events")
                                + (few ? "; it takes " + minEvents : ""));
    }

    /// `by client 73 % (8 of 11)`.
    public String words() {
        return by.words() + " " + (noData() ? "no data" : ratio.share());
    }
}
