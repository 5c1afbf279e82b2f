package io.lockkeeper.app;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Counts the moments at which a process can be killed, and kills at the chosen ones: before an append, after each whole line of it,
/// after all of it, before and after each request and each look leaves, and with their answers in hand.
final class KillMoments {
    private final Deque<Integer> toKillAt = new ArrayDeque<>();
    private int passed;
    private int killed;

    /// @param moments counted from the beginning, and then each from the kill before it
    KillMoments(List<Integer> moments) {
        toKillAt.addAll(moments);
    }

    int passed() {
        return passed;
    }

    /// Kills that came to be: a moment behind the end of a run does not.
    int killed() {
        return killed;
    }

    private void moment(String kind) {
        passed++;
        var next = toKillAt.peek();
        if (next != null && passed == next) {
            toKillAt.remove();
            passed = 0;
            killed++;
            throw new Killed(kind);
        }
    }

    Journal around(Journal journal) {
        return new Journal() {
            @Override
            public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
                moment("before an append");
                for (int lines = 1; lines < drafts.size(); lines++) {
                    try {
                        moment("within an append");
                    } catch (Killed e) {
                        journal.append(drafts.subList(0, lines), false);
                        throw e;
                    }
                }
                var entries = journal.append(drafts, anchor);
                moment("after an append");
                return entries;
            }

            @Override
            public List<Entry> read(long fromSeq) throws JournalFailure {
                return journal.read(fromSeq);
            }

            @Override
            public Head head() {
                return journal.head();
            }

            @Override
            public void releaseReserve() {
                journal.releaseReserve();
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }

    Effects around(Effects effects) {
        return new Effects() {
            @Override
            public void start(Op op, Consumer<Outcome> then) {
                moment("before a request");
                effects.start(op, outcome -> {
                    moment("with an answer in hand");
                    then.accept(outcome);
                });
                moment("after a request");
            }

            @Override
            public void observe(Op op, Consumer<Settlement> then) {
                moment("before a look");
                effects.observe(op, settlement -> {
                    moment("with what was seen in hand");
                    then.accept(settlement);
                });
                moment("after a look");
            }
        };
    }
}
