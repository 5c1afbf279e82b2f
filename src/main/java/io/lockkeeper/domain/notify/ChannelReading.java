package io.lockkeeper.domain.notify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// How one channel is doing since its console holds the environment.
///
/// @param endpoint where it goes, safe to show
/// @param waiting what is not settled yet
/// @param acceptedAt when the receiver took something last; `null` before
/// @param refused what the receiver did not want, and was not sent again
/// @param dropped what was given up: too old, or too many waiting
/// @param trouble why the newest attempt failed; empty when it did not
public record ChannelReading(String name, String endpoint, int waiting, long accepted, @Nullable Instant acceptedAt, long refused,
        long dropped, String trouble) {
    /// A sentence without its full stop.
    public String words() {
        var words = new StringJoiner(", ");
        words.add(accepted + " accepted"
                + (acceptedAt == null ? "" : ", the last at " + acceptedAt.truncatedTo(ChronoUnit.SECONDS)));
        if (waiting > 0) {
            words.add(waiting + " waiting");
        }
        if (refused > 0) {
            words.add(refused + " REFUSED");
        }
        if (dropped > 0) {
            words.add(dropped + " DROPPED");
        }
        return words + (trouble.isEmpty() ? "" : "; " + trouble);
    }
}
