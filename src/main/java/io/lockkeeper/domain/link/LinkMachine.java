package io.lockkeeper.domain.link;

import io.lockkeeper.domain.link.LinkState.Connecting;
import io.lockkeeper.domain.link.LinkState.Live;
import io.lockkeeper.domain.link.LinkState.Offline;
import io.lockkeeper.domain.link.LinkState.Refused;
import io.lockkeeper.domain.link.LinkState.Stale;
import io.lockkeeper.domain.link.LinkState.Waiting;
import java.time.Duration;
import java.time.Instant;

/// How a link goes from state to state: a pure function of state, event and time.
///
/// @param silence how long nothing may be heard before a live link is stale
public record LinkMachine(Backoff backoff, Duration silence) {
    public enum Effect {
        NONE,
        /// Open a new connection of the new generation.
        DIAL,
        /// Close whatever is open.
        HANG_UP
    }

    /// @param generation counts attempts over the whole life of the link
    public record Link(LinkState state, long generation) {
        public static final Link NEW = new Link(new Offline(), 0);
    }

    public record Next(Link link, Effect effect) {}

    public Next on(Link link, LinkEvent event, Instant now) {
        var state = link.state();
        return switch (event) {
            case LinkEvent.Start() when state instanceof Offline -> dial(link, 1, "", now);
            case LinkEvent.Stop() -> new Next(new Link(new Offline(), link.generation()), Effect.HANG_UP);
            case LinkEvent.RetryDue() when state instanceof Waiting(int attempt, var due, var cause) && !now.isBefore(due) ->
                dial(link, attempt + 1, cause, now);
            case LinkEvent.RetryNow() when state instanceof Waiting(int attempt, _, var cause) ->
                dial(link, attempt + 1, cause, now);
            case LinkEvent.RetryNow() when state instanceof Refused -> dial(link, 1, "", now);
            case LinkEvent.Opened(long generation) when generation == link.generation() && state instanceof Connecting ->
                stay(link,
                        new Live(now, now));
            case LinkEvent.Heard(long generation) when generation == link.generation() -> heard(link, now);
            case LinkEvent.Dropped(long generation, var cause, boolean permanent, double roll) when generation == link
                    .generation() ->
                dropped(link, cause, permanent, roll, now);
            case LinkEvent.Tick() when state instanceof Live(var since, var heard) && heard.plus(silence).isBefore(now) ->
                stay(link,
                        new Stale(since, heard));
            default -> new Next(link, Effect.NONE); // late and repeated events are not errors
        };
    }

    private static Next stay(Link link, LinkState state) {
        return new Next(new Link(state, link.generation()), Effect.NONE);
    }

    private static Next dial(Link link, int attempt, String cause, Instant now) {
        return new Next(new Link(new Connecting(attempt, now, cause), link.generation() + 1), Effect.DIAL);
    }

    private static Next heard(Link link, Instant now) {
        return switch (link.state()) {
            case Live(var since, _) -> stay(link, new Live(since, now));
            case Stale(var since, _) -> stay(link, new Live(since, now));
            default -> new Next(link, Effect.NONE);
        };
    }

    private Next dropped(Link link, String cause, boolean permanent, double roll, Instant now) {
        int attempt = switch (link.state()) {
            case Connecting(int tried, _, _) -> tried;
            case Live _,Stale _ -> 1;
            case Offline _,Waiting _,Refused _ -> 0;
        };
        if (attempt == 0) {
            return new Next(link, Effect.NONE);
        }
        var state = permanent ? new Refused(cause, now) : new Waiting(attempt, now.plus(backoff.before(attempt, roll)), cause);
        return new Next(new Link(state, link.generation()), Effect.HANG_UP);
    }
}
