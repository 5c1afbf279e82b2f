package io.lockkeeper.search;

import io.lockkeeper.app.Effects;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.RunEvents;
import java.time.Instant;

/// A mistake that somebody could make in the engine or around it, planted from outside: at what the engine sees, sends, is told, or writes.
interface Bug {
    Bug NONE = new Bug() {
    };

    default Effects effects(Effects inner) {
        return inner;
    }

    default Fleet eyes(Fleet seen, Instant now) {
        return seen;
    }

    default Journal journal(Journal inner) {
        return inner;
    }

    default RunEvents codec(RunEvents inner) {
        return inner;
    }
}
