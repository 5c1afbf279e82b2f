package io.lockkeeper.search;

import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.app.Effects;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The planted mistakes. Each is one that somebody could make, and each must be found by the search.
enum Bugs {
    RETRY_ON_UNKNOWN, NOT_SEEN_IS_NOT_APPLIED, SENT_IS_DONE, PASS_ON_NO_DATA, RESTARTS_ARE_NOT_COUNTED, WRITES_LATE, LOSES_EVENTS, WATCH_LIST_FORGOTTEN;

    Bug plant() {
        return switch (this) {
            case RETRY_ON_UNKNOWN -> new SendsAgain();
            case NOT_SEEN_IS_NOT_APPLIED -> new ConcludesAtOnce();
            case SENT_IS_DONE -> new BelievesReplies();
            case PASS_ON_NO_DATA -> new NeverStale();
            case RESTARTS_ARE_NOT_COUNTED -> new ForgetsRestarts();
            case WRITES_LATE -> new WritesLate();
            case LOSES_EVENTS -> new LosesEvents();
            case WATCH_LIST_FORGOTTEN -> new ForgetsWhoGuards();
        };
    }

    /// What stands between engine and calls.
    private abstract static class Between implements Bug, Effects {
        private Effects inner = new Nowhere();

        @Override
        public Effects effects(Effects next) {
            inner = next;
            return this;
        }

        Effects inner() {
            return inner;
        }

        @Override
        public void start(Op op, Consumer<Outcome> then) {
            inner.start(op, then);
        }

        @Override
        public void observe(Op op, Consumer<Settlement> then) {
            inner.observe(op, then);
        }
    }

    private record Nowhere() implements Effects {
        @Override
        public void start(Op op, Consumer<Outcome> then) {}

        @Override
        public void observe(Op op, Consumer<Settlement> then) {}
    }

    /// An order without an answer is simply sent once more.
    private static final class SendsAgain extends Between {
        @Override
        public void start(Op op, Consumer<Outcome> then) {
            inner().start(op, outcome -> {
                if (outcome instanceof Outcome.Unknown) {
                    inner().start(op, then);
                } else {
                    then.accept(outcome);
                }
            });
        }
    }

    /// What is not seen at once is taken for never applied: the settling time is forgotten.
    private static final class ConcludesAtOnce extends Between {
        @Override
        public void observe(Op op, Consumer<Settlement> then) {
            inner().observe(op, seen -> then.accept(
                    seen instanceof Settlement.Open(var why) ? new Settlement.NotApplied(why) : seen));
        }
    }

    /// Moves on although nothing was verified: an order that may have been carried out counts as done.
    private static final class BelievesReplies extends Between {
        @Override
        public void start(Op op, Consumer<Outcome> then) {
            inner().start(op, outcome -> then.accept(
                    outcome instanceof Outcome.Unknown(var why) ? new Outcome.Done("sent; " + why) : outcome));
        }
    }

    /// What cannot be read counts as it was read last, as fresh as ever.
    private static final class NeverStale implements Bug {
        @Override
        public Fleet eyes(Fleet seen, Instant now) {
            return new Fleet(seen.nodes(), all(seen.balancers(), now), all(seen.views(), now), seen.processes(),
                    one(seen.roll(), now));
        }

        private static <T> SortedMap<String, Sight<T>> all(SortedMap<String, Sight<T>> sights, Instant now) {
            var kept = new TreeMap<String, Sight<T>>();
            sights.forEach((name, sight) -> kept.put(name, one(sight, now)));
            return kept;
        }

        private static <T> Sight<T> one(Sight<T> sight, Instant now) {
            return sight instanceof Sight.Unseen<T>(_, _, var last) && last != null
                    ? new Sight.Seen<>(last.value(), now)
                    : sight;
        }
    }

    /// A restarted console takes itself for the one before: what that one had under way is its own.
    private static final class ForgetsRestarts implements Bug {
        @Override
        public RunEvents codec(RunEvents inner) {
            return new RunEvents() {
                @Override
                public Encoded encode(RunEvent event) {
                    return inner.encode(event);
                }

                @Override
                public RunEvent decode(Encoded encoded) throws UnknownEvent {
                    return inner.decode(encoded) instanceof RunEvent.Resumed(var at, _, var holder)
                            ? new RunEvent.Resumed(at, 1, holder)
                            : inner.decode(encoded);
                }
            };
        }
    }

    /// The run goes on though a trigger that guards it has fired.
    private static final class ForgetsWhoGuards implements Bug {
        @Override
        public RunEvents codec(RunEvents inner) {
            return new RunEvents() {
                @Override
                public Encoded encode(RunEvent event) {
                    return inner.encode(event);
                }

                @Override
                public RunEvent decode(Encoded encoded) throws UnknownEvent {
                    return inner.decode(encoded) instanceof RunEvent.RunStarted s
                            ? new RunEvent.RunStarted(s.at(), s.run(), s.actor(), s.reason(), s.runbookText(), s.runbookHash(),
                                    new Plan(s.plan().runbook(), s.plan().title(), s.plan().steps()), s.wayBack(), s.onward(),
                                    s.onAbort(), s.inputs(), s.restore(), s.guided(), s.environmentHash(), s.version(),
                                    s.nonce())
                            : inner.decode(encoded);
                }
            };
        }
    }

    /// Acknowledges before it has written, to be faster: an intent may be sent that no journal knows.
    private static final class WritesLate extends BeforeJournal {
        private List<Draft> waiting = List.of();

        @Override
        public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
            inner().append(waiting, anchor);
            waiting = drafts;
            long seq = inner().head().seq();
            var entries = new ArrayList<Entry>();
            for (var draft : drafts) {
                entries.add(new Entry(++seq, draft.at(), draft.run(), draft.type(), draft.version(), draft.body(), ""));
            }
            return entries;
        }
    }

    /// Every fiftieth event is acknowledged and never written.
    private static final class LosesEvents extends BeforeJournal {
        private int count;

        @Override
        public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
            if (++count % 50 != 0) {
                return inner().append(drafts, anchor);
            }
            long seq = inner().head().seq();
            var entries = new ArrayList<Entry>();
            for (var draft : drafts) {
                entries.add(new Entry(++seq, draft.at(), draft.run(), draft.type(), draft.version(), draft.body(), ""));
            }
            return entries;
        }
    }
}
