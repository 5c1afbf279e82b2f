package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.environment.SessionSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client: connects, keeps its session across connections, comes back by itself after a wait, and judges what it still had. Lives on one
/// loop, which calls it; nothing else does.
final class FleetClient implements Ear {
    private static final int NORMAL = 1000;
    /// They say something about the moment or about who asks, and nothing about the session.
    private static final Set<Integer> NOT_ABOUT_THE_SESSION = Set.of(401, 403, 407, 408, 425, 429);

    private enum State {
        /// For its turn, or for its next attempt.
        WAITING,
        /// For the handshake.
        DIALLING,
        /// For the first message.
        GREETING, OPEN,
        /// Has closed on purpose and waits for the peer to close, too.
        CYCLING, LEFT
    }

    private final String name;
    private final ClientRole role;
    private final FleetLoop loop;
    private final MessageNumbers numbers = new MessageNumbers();
    private State state = State.WAITING;
    private @Nullable Line line;
    private @Nullable String token;
    private @Nullable String session;
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

    FleetClient(String name, ClientRole role, FleetLoop loop) {
        this.name = name;
        this.role = role;
        this.loop = loop;
    }

    /// @param at when it is to close for the first time
    void cycleFrom(long at) {
        nextCycle = at;
    }

    void arrive() {
        dial(System.nanoTime());
    }

    private void dial(long wanted) {
        if (state == State.LEFT) {
            return;
        }
        state = State.DIALLING;
        meant = wanted;
        begun = System.nanoTime();
        deadline = begun + loop.limits().handshake();
        var spec = loop.session();
        resuming = token != null;
        boolean inHandshake = resuming && spec != null && spec.resumesInHandshake();
        line = loop.dial(inHandshake && spec != null ? resume(spec) : "", name, this);
    }

    private String resume(SessionSpec spec) {
        var known = String.valueOf(token);
        var last = Long.toString(numbers.last());
        var safe = spec.resumesInHandshake() ? URLEncoder.encode(known, StandardCharsets.UTF_8) : FirstMessage.escaped(known);
        return spec.resume().fill(Map.of("token", safe, "last", last, "seq", last));
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
            say(on, resume(spec));
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
                count(at, numbers.next(number));
            }
        }
    }

    private void count(long at, MessageNumbers.Step step) {
        if (step.isGap()) {
            loop.emit(new ClientEvent.Gap(name, role, loop.instant(at), step.lost(), step.duplicated()));
        }
    }

    private void greeted(long at, FirstMessage first) {
        var continuity = continuity(first);
        if (first.token() != null) {
            token = first.token();
        }
        session = first.session();
        established(at, first.node() == null ? "" : first.node(), first.version() == null ? "" : first.version(), continuity);
    }

    private Continuity continuity(FirstMessage first) {
        var spec = loop.session();
        var kept = resuming && spec != null ? kept(first, spec) : SessionKept.LOST;
        if (kept != SessionKept.LOST) {
            return new Continuity(kept, first.seq() == null ? 0 : numbers.resumedAfter(first.seq()), 0);
        }
        if (first.seq() == null) {
            numbers.forget();
        } else {
            numbers.restart(first.seq());
        }
        return new Continuity(kept, 0, 0);
    }

    private SessionKept kept(FirstMessage first, SessionSpec spec) {
        boolean other = session != null && first.session() != null && !session.equals(first.session());
        if (other || (first.kind() != null && !first.kind().equals(spec.resumed()))) {
            return SessionKept.LOST;
        }
        boolean said = first.kind() != null || (session != null && first.session() != null);
        return said ? SessionKept.SAME : SessionKept.UNKNOWN;
    }

    private void established(long at, String node, String version, Continuity continuity) {
        boolean atOnce = attempt == 0;
        state = State.OPEN;
        attempt = 0;
        nextBeat = at + (long) (loop.limits().beat() * loop.tools().random().nextDouble()); // spread over the period
        if (had) {
            loop.tally().outage(at - lostAt, onPurpose);
            loop.emit(new ClientEvent.Back(name, role, loop.instant(at), loop.instant(begun), node, version, continuity));
        } else {
            had = true;
            loop.emit(new ClientEvent.Opened(name, role, loop.instant(at), node, version));
            if (atOnce) {
                loop.settled();
            }
        }
    }

    @Override
    public void failed(Line on, long at, Failure failure) {
        if (!on.equals(line) || (state != State.DIALLING && state != State.GREETING)) {
            return;
        }
        line = null;
        loop.emit(new ClientEvent.Failed(name, role, loop.instant(at), loop.instant(meant), loop.instant(begun), failure));
        if (resuming && refusesTheSession(failure)) {
            token = null; // as a real client would: with this session it would never get in again
        }
        if (!had && attempt == 0) {
            loop.settled();
        }
        attempt++;
        tryAgain(at, had ? attempt + 1 : attempt); // after a loss there was a wait before the first attempt, too
    }

    private static boolean refusesTheSession(Failure failure) {
        int status = failure.cause() == Cause.CLOSED ? failure.status() - 3600 : failure.status(); // 4404 says what 404 does
        return (failure.cause() == Cause.STATUS || failure.cause() == Cause.CLOSED) && status >= 400 && status <= 499
                && !NOT_ABOUT_THE_SESSION.contains(status);
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

    private void tryAgain(long from, int wait) {
        state = State.WAITING;
        long when = from + loop.backoff().before(wait, loop.tools().random().nextDouble()).toNanos();
        loop.at(when, () -> {
            if (state == State.WAITING) {
                dial(when);
            }
        });
    }

    /// Once in a while: limits, heartbeats, and the budget of cycles.
    ///
    /// @param seen until when the loop has worked on everything it heard: limits count up to there
    void check(long now, long seen) {
        boolean cycle = role == ClientRole.CYCLER && now >= nextCycle;
        while (role == ClientRole.CYCLER && now >= nextCycle) {
            nextCycle += loop.limits().cycle(); // a turn that is missed is not made up for
        }
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
            case WAITING, LEFT -> {
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

    /// For good.
    void leave() {
        if (state == State.LEFT) {
            return;
        }
        var before = state;
        state = State.LEFT;
        loop.tally().left(before == State.OPEN, had && before != State.OPEN);
        loop.emit(new ClientEvent.Left(name, role, loop.instant(System.nanoTime())));
        var on = line;
        line = null;
        token = null;
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
