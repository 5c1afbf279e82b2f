package io.lockkeeper.domain.watch;

import java.time.Instant;

/// Whether somebody is watching the service with clients of ours.
public sealed interface Watcher {
    /// @param why one sentence
    record Nobody(String why) implements Watcher {}

    /// The clients are on their way.
    record Starting(Instant since) implements Watcher {}

    /// @param who in words, e.g. `window (pid 4711)`
    record Watching(String who, Instant since) implements Watcher {}

    /// The clients could not be started, or watching them ended in an error; a person has to mend that.
    record Failed(Instant at, String why) implements Watcher {}

    default boolean watching() {
        return this instanceof Watching;
    }

    /// Completes nothing: a sentence without its full stop.
    default String words() {
        return switch (this) {
            case Nobody(var why) -> "nobody is watching: " + why;
            case Starting _ -> "clients of ours are connecting";
            case Watching(var who, _) -> "watched by " + who;
            case Failed(_, var why) -> "nobody is watching: " + why;
        };
    }
}
