package io.lockkeeper.app.signals;

import java.time.Instant;

/// Something that was done, or came to pass, at one moment of a run: what a curve may have to be read with.
public record Mark(Instant at, Kind kind, String words) {
    /// From what matters least to what matters most.
    public enum Kind {
        /// A step came to its end as it should.
        ENDED(0),
        /// A step begins.
        BEGUN(1),
        /// A person did something.
        ACT(2),
        /// A step failed, an outcome is unknown, or the ground shifted.
        BAD(3),
        /// A person ordered the way back, or an end.
        ALARM(4);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /// What matters most has the greatest.
        public int weight() {
            return weight;
        }
    }
}
