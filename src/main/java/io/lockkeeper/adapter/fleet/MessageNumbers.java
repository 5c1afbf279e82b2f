package io.lockkeeper.adapter.fleet;

/// The numbers of a session's messages, as one client has them.
final class MessageNumbers {
    private static final long NONE = -1;

    private long last = NONE;

    /// @param lost between this message and the one before
    /// @param duplicated 1 where it had come before
    record Step(long lost, long duplicated) {
        static final Step NEXT = new Step(0, 0);
        private static final Step AGAIN = new Step(0, 1);

        boolean isGap() {
            return lost > 0 || duplicated > 0;
        }
    }

    Step next(long number) {
        long before = last;
        if (before != NONE && number <= before) {
            return Step.AGAIN;
        }
        last = number;
        return before == NONE || number == before + 1 ? Step.NEXT : new Step(number - before - 1, 0);
    }

    /// The last that the client has; 0 where it has none.
    long last() {
        return Math.max(0, last);
    }

    /// A new session begins after this number.
    void restart(long after) {
        last = after;
    }

    /// A new session begins with whatever number comes.
    void forget() {
        last = NONE;
    }

    /// The service goes on after this number, whatever the client has.
    ///
    /// @return how many messages will therefore never come
    long resumedAfter(long number) {
        if (last == NONE || number <= last) {
            return 0;
        }
        long lost = number - last;
        last = number;
        return lost;
    }
}
