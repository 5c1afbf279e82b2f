package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.AtNode;
import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Failures;
import io.lockkeeper.domain.signal.Kept;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.World.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Mistakes that the search must find. [#NONE] is the product as it is.
enum Planted {
    NONE,
    /// Who is still out is left out of the figures.
    OPEN_EPISODES_NOT_COUNTED, NO_DATA_IS_A_HUNDRED_PERCENT, CLOCK_NOT_RESET_WHEN_BLIND, PAUSED_TIME_COUNTS,
    /// Success by attempt is not looked at.
    BY_CLIENT_ONLY, LATE_RETURN_IS_A_SUCCESS,
    /// The own network's loss is taken for the service's.
    OBSERVER_FAULT_IGNORED,
    /// One client that fails again and again is enough.
    ROW_OF_ONE_CLIENT,
    /// Failed attempts that come in the wrong order are dropped.
    LATE_EVENTS_DROPPED,
    /// Where nobody had to come back, nobody did.
    NO_DATA_IS_A_FAILURE(Kind.NIGHT),
    /// That all clients are gone is enough to doubt oneself.
    ALL_GONE_IS_OUR_FAULT(Kind.TOTAL_OUTAGE),
    /// Nobody asks the control targets once they have answered.
    CONTROLS_ASKED_ONCE(Kind.CUT),
    /// The own network is back, and the doubt stays.
    DOUBT_NEVER_ENDS(Kind.CUT),
    /// What was lost before the doubt was found counts.
    DOUBT_BEGINS_WHEN_FOUND(Kind.CUT);

    /// Worlds that must give it away by themselves; `null`: any may.
    final World.@Nullable Kind kind;

    Planted() {
        this(null);
    }

    Planted(World.@Nullable Kind kind) {
        this.kind = kind;
    }

    List<ObserverFault> faults(List<ObserverFault> faults) {
        return this == OBSERVER_FAULT_IGNORED ? List.of() : faults;
    }

    /// @param newest the newest event that came before
    boolean takes(ClientEvent event, ClientEvent newest) {
        return this != LATE_EVENTS_DROPPED || !event.at().isBefore(newest.at());
    }

    TriggerSet set() {
        return this != ROW_OF_ONE_CLIENT
                ? TriggerSet.USUAL
                : new TriggerSet(TriggerSet.USUAL.specs().stream().map(spec -> spec instanceof TriggerSpec.FailuresInARow row
                        ? new TriggerSpec.FailuresInARow(row.name(), row.action(), row.moreThan(), 1)
                        : spec).toList());
    }

    TriggerState at(TriggerState before, Moment moment) {
        var after = before.at(moment);
        if (!(before instanceof SuccessState was) || !(after instanceof SuccessState is) || was.fired()) {
            return after;
        }
        return switch (this) {
            case CLOCK_NOT_RESET_WHEN_BLIND -> new SuccessState(is.spec(), is.phase(), kept(was.byClient(), is.byClient()),
                    kept(was.byAttempt(), is.byAttempt()), is.noted(), is.last());
            case PAUSED_TIME_COUNTS -> new SuccessState(is.spec(), is.phase(), counted(was.byClient(), is.byClient()),
                    counted(was.byAttempt(), is.byAttempt()), is.noted(), is.last());
            default -> after;
        };
    }

    private static Clock kept(Clock was, Clock is) {
        return was.runs() && !is.runs() && is.silent().isPositive() ? new Clock(was.since(), was.held(), Duration.ZERO) : is;
    }

    private static Clock counted(Clock was, Clock is) {
        return was.runs() && is.runs() && is.silent().compareTo(was.silent()) > 0
                ? new Clock(is.since(), is.held().plus(TriggerSpec.EVERY), is.silent())
                : is;
    }

    ClientSignals signals(Episodes episodes, List<ObserverFault> faults) {
        return new Wrong(this, episodes, new EpisodeSignals(episodes, faults(faults)));
    }

    private record Wrong(Planted bug, Episodes episodes, ClientSignals right) implements ClientSignals {
        @Override
        public Success success(Success.By by, Window window) {
            var told = right.success(by, window);
            return switch (bug) {
                case OPEN_EPISODES_NOT_COUNTED -> by == Success.By.ATTEMPT
                        ? told
                        : with(told, told.ratio().good(),
                                told.ratio().tried() - episodes.all()
                                        .filter(one -> one.open() && !one.deadline().isAfter(window.to())).count());
                case NO_DATA_IS_A_FAILURE -> told.noData() ? with(told, 0, 1) : told;
                case NO_DATA_IS_A_HUNDRED_PERCENT -> told.noData() ? with(told, 1, 1) : told;
                case BY_CLIENT_ONLY -> by == Success.By.ATTEMPT ? with(told, 0, 0) : told;
                case LATE_RETURN_IS_A_SUCCESS -> by == Success.By.ATTEMPT
                        ? told
                        : with(told, told.ratio().good() + late(window), told.ratio().tried() + late(window));
                default -> told;
            };
        }

        private long late(Window window) {
            return episodes.all().filter(one -> window.holds(one.over()) && one.over().isAfter(one.deadline())).count();
        }

        private static Success with(Success success, long good, long tried) {
            return new Success(success.by(), new Ratio(good, Math.max(good, tried)), success.events(), success.window(),
                    success.newest());
        }

        @Override
        public ReturnTimes times(Scenario scenario, Window window, Predicate<Episode> of) {
            return right.times(scenario, window, of);
        }

        @Override
        public Failures failures(Window window) {
            return right.failures(window);
        }

        @Override
        public Kept kept(Window window) {
            return right.kept(window);
        }

        @Override
        public Availability availability(Window window) {
            return right.availability(window);
        }

        @Override
        public List<AtNode> nodes(Window window) {
            return right.nodes(window);
        }

        @Override
        public Ratio connected() {
            return right.connected();
        }

        @Override
        public List<Recovery> recoveries(Instant since, Instant until) {
            return right.recoveries(since, until);
        }

        @Override
        public List<Incident> incidents() {
            return right.incidents();
        }
    }
}
