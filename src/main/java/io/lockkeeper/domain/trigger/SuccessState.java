package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Success.By;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// T1 and the alerts A1 to A3: two clocks, one by client and one by attempt; whichever has run its time first fires.
///
/// @param noted somebody took note of it, and its condition was seen to go on until then: an alert says nothing new meanwhile. `null` where nobody
/// took note, or its silence is over
/// @param last the last evaluation; `null` before the first
public record SuccessState(SuccessBelow spec, Phase phase, Clock byClient, Clock byAttempt, @Nullable Instant noted,
        @Nullable Instant last) implements TriggerState {
    /// Evaluations further apart than this leave time that nobody looked at.
    private static final Duration APART = TriggerSpec.EVERY.multipliedBy(3).dividedBy(2);

    SuccessState(SuccessBelow spec) {
        this(spec, new Phase.Quiet("not evaluated yet"), Clock.STOPPED, Clock.STOPPED, null, null);
    }

    @Override
    public SuccessState at(Moment moment) {
        var now = moment.now();
        if (fired() || (last != null && !now.isAfter(last))) {
            return this;
        }
        var fault = moment.fault();
        if (fault.isPresent()) {
            return new SuccessState(spec, Phase.blind(phase, now, fault.get()), Clock.STOPPED, Clock.STOPPED, goesOn(false, now),
                    now);
        }
        var window = Window.last(spec.window(), now);
        var clients = moment.signals().success(By.CLIENT, window);
        var attempts = moment.signals().success(By.ATTEMPT, window);
        var gap = last == null ? Duration.ZERO : Duration.between(last, now);
        var first = next(byClient, clients, now, gap);
        var second = next(byAttempt, attempts, now, gap);
        boolean met = (first.runs() && !clients.noData()) || (second.runs() && !attempts.noData());
        boolean unknown = first.runs() || second.runs() || (clients.noData() && attempts.noData());
        var still = met || unknown ? goesOn(met, now) : null;
        return new SuccessState(spec, phase(now, first, clients, second, attempts, still != null), first, second, still, now);
    }

    /// What was not seen for too long counts as over: when the condition is met after that, it is news.
    private @Nullable Instant goesOn(boolean met, Instant now) {
        var longest = met ? spec.pause().plus(TriggerSpec.EVERY) : spec.pause();
        return noted == null || Duration.between(noted, now).compareTo(longest) > 0 ? null : met ? now : noted;
    }

    private Clock next(Clock clock, Success success, Instant now, Duration gap) {
        boolean unseen = gap.compareTo(APART) > 0;
        var elapsed = unseen ? TriggerSpec.EVERY : gap;
        var seen = unseen ? clock.noData(gap.minus(elapsed), spec.pause()) : clock;
        if (success.noData()) {
            return seen.noData(elapsed, spec.pause());
        }
        return success.ratio().isBelow(spec.percent()) ? seen.met(now, elapsed) : Clock.STOPPED;
    }

    private Phase phase(Instant now, Clock first, Success clients, Clock second, Success attempts, boolean still) {
        boolean longer = first.runs() && (!second.runs() || first.held().compareTo(second.held()) >= 0);
        var clock = longer ? first : second;
        var success = longer ? clients : attempts;
        if (still && clock.since() != null && spec.holds().isZero()) {
            return new Phase.Holding(clock.since(), null, "acknowledged, and still " + success.words());
        }
        if (clock.since() != null && !success.noData() && clock.held().compareTo(spec.holds()) >= 0) {
            return new Phase.Fired(now, evidence(clock, success, longer ? attempts : clients));
        }
        if (clock.since() != null) {
            var paused = clock.silent().isZero() ? "" : ", paused for " + clock.silent().toSeconds() + " s without data";
            return new Phase.Holding(clock.since(), now.plus(spec.holds()).minus(clock.held()),
                    clock.words(spec.holds()) + ", " + success.words() + paused);
        }
        boolean nothing = clients.noData() && attempts.noData();
        if (nothing && (first.blind(spec.pause()) || second.blind(spec.pause()))) {
            return Phase.blind(phase, now,
                    "no data: for more than " + spec.pause().toSeconds() + " s no client had to come back");
        }
        return new Phase.Quiet(clients.words() + ", " + attempts.words());
    }

    private String evidence(Clock clock, Success success, Success other) {
        return success.words() + ", below " + spec.percent() + " % "
                + (spec.holds().isZero()
                        ? "over the last " + success.window().length().toSeconds() + " s"
                        : "at every evaluation for " + clock.words(spec.holds()).replaceFirst(" of .*", "") + " since "
                                + clock.since())
                + "; " + other.words();
    }

    @Override
    public SuccessState acknowledged(Instant at) {
        return fired()
                ? new SuccessState(spec, new Phase.Quiet("acknowledged at " + at), Clock.STOPPED, Clock.STOPPED, at,
                        last)
                : this;
    }
}
