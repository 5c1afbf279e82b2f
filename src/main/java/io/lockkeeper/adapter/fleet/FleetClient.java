package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.signal.NodeProbes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client: connects, keeps its session across connections, comes back by itself after a wait, and judges what it still had. A probe
/// connects, closes and comes back in its turn, and has no connection and no session before the next. Lives on one loop, which calls it;
/// nothing else does.
final class FleetClient implements Ear {
    private static final int NORMAL = 1000;

    private enum State {
        /// For its turn, or for its next attempt.
        WAITING,
        /// For the handshake.
        DIALLING,
        /// For the first message.
        GREETING, OPEN,
        /// Has closed on purpose and waits for the peer to close, too.
        CYCLING,
        /// A probe that stays away from its node for a while.
        RESTING, LEFT
    }

    private final String name;
    private final ClientRole role;
    /// That a probe is of; empty for others.
    private final String probed;
    private final Entrance entrance;
    private final FleetLoop loop;
    private final KeptSession kept = new KeptSession();
    private State state = State.WAITING;
    private @Nullable Line line;
    private boolean resuming;
    private boolean had;
    private boolean onPurpose;
    private int attempt;
    private long meant;
    private long begun;
    private long lostAt;
    private long deadline;
    private long nextBeat;
    private long nextCycle;
    private long period;
    private long waits;

    FleetClient(String name, ClientRole role, FleetLoop loop) {
        this(name, role, "", loop.front(), loop);
    }

    /// A probe.
    FleetClient(String node, Entrance entrance, FleetLoop loop) {
        this(NodeProbes.client(node), ClientRole.PROBE, node, entrance, loop);
    }

    private FleetClient(String name, ClientRole role, String probed, Entrance entrance, FleetLoop loop) {
        this.name = name;
        this.role = role;
        this.probed = probed;
        this.entrance = entrance;
        this.loop = loop;
    }

    /// @param at when it is to close for the first time
    /// @param every nanoseconds from one close to the next
    void cycle(long at, long every) {
        nextCycle = at;
        period = every;
    }

    boolean isProbe() {
        return role == ClientRole.PROBE;
    }

    void arrive() {
        if (state == State.WAITING) {
            dial(System.nanoTime());
        } else {
            loop.settled(); // it rests: the next may arrive
        }
    }

    private void dial(long wanted) {
        if (state == State.LEFT || state == State.RESTING) {
            return;
        }
        state = State.DIALLING;
        meant = wanted;
        begun = System.nanoTime();
        deadline = begun + loop.limits().handshake();
        var spec = loop.session();
        resuming = kept.canResume();
        boolean inHandshake = resuming && spec != null && spec.resumesInHandshake();
        line = loop.dial(entrance, inHandshake && spec != null ? kept.resume(spec) : "", name, this);
    }

    @Override
    public void opened(Line on, long at) {
        if (!on.equals(line) || state != State.DIALLING) {
            return;
        }
        state = State.GREETING;
        deadline = at + loop.limits().message();
        var spec = loop.session();
        if (!resuming) {
            say(on, loop.hello());
        } else if (spec != null && !spec.resumesInHandshake()) {
            say(on, kept.resume(spec));
        }
        if (spec == null) {
            established(at, "", "", Continuity.UNKNOWN);
        }
    }

    private static void say(Line on, String text) {
        if (!text.isEmpty()) {
            on.say(text);
        }
    }

    @Override
    public void text(Line on, long at, String text) {
        var pointers = loop.pointers();
        if (!on.equals(line) || pointers == null) {
            return;
        }
        if (state == State.GREETING) {
            FirstMessage.of(text, pointers).filter(first -> first.token() != null || resuming)
                    .ifPresentOrElse(first -> greeted(at, first), () -> {
                        on.close(FrameReader.PROTOCOL_ERROR);
                        failed(on, at, Failure.of(Cause.NONSENSE));
                    });
        } else if (pointers.seq() != null && (state == State.OPEN || state == State.CYCLING)) {
            var number = FirstMessage.number(text, pointers.seq());
            if (number != null) {
                count(at, kept.heard(number));
            }
        }
    }

    private void count(long at, MessageNumbers.Step step) {
        if (step.isGap()) {
            loop.emit(new ClientEvent.Gap(name, role, loop.instant(at), step.lost(), step.duplicated()));
        }
    }

    private void greeted(long at, FirstMessage first) {
        var continuity = kept.greeted(first, resuming, loop.session());
        established(at, first.node() == null ? "" : first.node(), first.version() == null ? "" : first.version(), continuity);
    }

    private void established(long at, String node, String version, Continuity continuity) {
        boolean atOnce = attempt == 0;
        boolean again = had;
        state = State.OPEN;
        attempt = 0;
        nextBeat = at + (long) (loop.limits().beat() * loop.tools().random().nextDouble()); // spread over the period
        if (had) {
            if (!isProbe()) {
                loop.tally().outage(at - lostAt, onPurpose);
            }
            loop.emit(new ClientEvent.Back(name, role, loop.instant(at), loop.instant(begun), node, version, continuity));
        } else {
            had = true;
            loop.emit(new ClientEvent.Opened(name, role, loop.instant(at), node, version));
            if (atOnce) {
                loop.settled();
            }
        }
        var on = line;
        if (isProbe() && again) {
            endTurn(at);
        } else if (isProbe() && on != null) {
            close(on, at);
        }
    }

    @Override
    public void failed(Line on, long at, Failure failure) {
        if (!on.equals(line) || (state != State.DIALLING && state != State.GREETING)) {
            return;
        }
        line = null;
        loop.emit(new ClientEvent.Failed(name, role, loop.instant(at), loop.instant(meant), loop.instant(begun), failure));
        if (resuming && failure.refusesTheSession()) {
            kept.giveUp(); // as a real client would: with this session it would never get in again
        }
        if (!had && attempt == 0) {
            loop.settled();
        }
        attempt++;
        if (isProbe()) {
            endTurn(at);
        } else {
            tryAgain(at, had ? attempt + 1 : attempt); // after a loss there was a wait before the first attempt, too
        }
    }

    @Override
    public void lost(Line on, long at, Loss loss) {
        if (!on.equals(line)) {
            return;
        }
        switch (state) {
            case OPEN -> lose(at, loss);
            case GREETING -> failed(on, at, switch (loss.way()) {
                case CLOSED -> new Failure(Cause.CLOSED, loss.code());
                case NONSENSE -> Failure.of(Cause.NONSENSE);
                default -> Failure.of(Cause.CUT);
            });
            case CYCLING -> dial(at);
            default -> {
                // it is expected no more
            }
        }
    }

    private void lose(long at, Loss loss) {
        line = null;
        lostAt = at;
        onPurpose = false;
        loop.emit(new ClientEvent.Lost(name, role, loop.instant(at), loss));
        tryAgain(at, 1);
    }

    /// A probe has nothing open and no session between its turns.
    private void endTurn(long at) {
        if (had) {
            goodbye(State.WAITING);
        }
        forget();
        untilNextTurn(at);
    }

    private void forget() {
        had = false;
        attempt = 0;
        kept.forget();
    }

    private void untilNextTurn(long from) {
        isTurn(from);
        long when = nextCycle;
        nextCycle += period;
        again(when);
    }

    private boolean isTurn(long now) {
        boolean turn = period > 0 && now >= nextCycle;
        while (period > 0 && now >= nextCycle) {
            nextCycle += period; // a turn that is missed is not made up for
        }
        return turn;
    }

    private void tryAgain(long from, int wait) {
        long when = from + loop.backoff().before(wait, loop.tools().random().nextDouble()).toNanos();
        again(when);
    }

    private void again(long when) {
        state = State.WAITING;
        long mine = ++waits;
        loop.at(when, () -> {
            if (state == State.WAITING && waits == mine) {
                dial(when);
            }
        });
    }

    /// Once in a while: limits, heartbeats, and the budget of cycles.
    ///
    /// @param seen until when the loop has worked on everything it heard: limits count up to there
    void check(long now, long seen) {
        boolean cycle = isTurn(now);
        var on = line;
        if (on == null) {
            return;
        }
        switch (state) {
            case DIALLING, GREETING -> {
                if (seen >= deadline) {
                    on.cut();
                    failed(on, now, Failure.of(Cause.TIMEOUT));
                }
            }
            case OPEN -> {
                if (seen - on.heard() > loop.limits().silence()) {
                    on.cut();
                    lose(now, Loss.of(Loss.Way.SILENT));
                } else if (cycle) {
                    close(on, now);
                } else if (loop.limits().beat() > 0 && now >= nextBeat) {
                    nextBeat += loop.limits().beat();
                    loop.beat(on);
                }
            }
            case CYCLING -> {
                if (seen >= deadline) {
                    on.cut();
                    dial(now);
                }
            }
            case WAITING, RESTING, LEFT -> {
                // nothing is under way
            }
        }
    }

    private void close(Line on, long now) {
        state = State.CYCLING;
        lostAt = now;
        onPurpose = true;
        deadline = now + loop.limits().goodbye();
        loop.emit(new ClientEvent.Lost(name, role, loop.instant(now), Loss.of(Loss.Way.ON_PURPOSE)));
        on.close(NORMAL);
    }

    /// @param nodes whose probes are to stay away
    void rest(Set<String> nodes) {
        if (!isProbe() || state == State.LEFT) {
            return;
        }
        if (nodes.contains(probed) && state != State.RESTING) {
            if (state == State.WAITING) {
                state = State.RESTING;
            } else {
                goodbye(State.RESTING);
                forget();
            }
        } else if (!nodes.contains(probed) && state == State.RESTING) {
            untilNextTurn(System.nanoTime());
        }
    }

    /// For good.
    void leave() {
        if (state == State.RESTING) {
            state = State.LEFT;
        } else if (state != State.LEFT) {
            goodbye(State.LEFT);
        }
    }

    private void goodbye(State next) {
        var before = state;
        state = next;
        if (!isProbe()) {
            loop.tally().left(before == State.OPEN, had && before != State.OPEN);
        }
        if (!isProbe() || had) { // a probe has left at the end of its turn
            loop.emit(new ClientEvent.Left(name, role, loop.instant(System.nanoTime())));
        }
        var on = line;
        line = null;
        kept.giveUp();
        if (on != null && (before == State.OPEN || before == State.GREETING)) {
            on.close(NORMAL);
        } else if (on != null && before == State.DIALLING) {
            on.cut();
        }
    }

    /// Nanoseconds for which it has had no session that it once had; 0 where it has one.
    long outFor(long now) {
        return had && state != State.OPEN && state != State.LEFT ? now - lostAt : 0;
    }

    @Override
    public String toString() {
        return name; // the token is a secret
    }
}
