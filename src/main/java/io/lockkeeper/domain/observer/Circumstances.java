package io.lockkeeper.domain.observer;

import io.lockkeeper.domain.client.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All that a look at the observer itself goes by. Times are those that clients stamp with.
///
/// @param silence what a client takes to notice, at most, that nobody is there any more
/// @param watched clients that are meant to be connected
/// @param out those of them that are out, each with its open episode
/// @param controls as the environment file has them; may be empty
/// @param rhythm how long after one question a control target may at most have failed the next
/// @param failing so many of a hundred control targets that have ever answered have to fail
/// @param contacts endpoints of the environment that are read
/// @param counts of the service's own, the oldest first; one from before the losses among them where there is one
public record Circumstances(Instant now, Duration silence, long watched, List<Episode> out, List<Control> controls,
        Duration rhythm,
        int failing, List<Contact> contacts, List<ServiceCount> counts) {
    public Circumstances {
        out = List.copyOf(out);
        controls = List.copyOf(controls);
        contacts = List.copyOf(contacts);
        counts = List.copyOf(counts);
    }
}
