package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a drain stands: what is left on the node, by every count there is, and what became of each session.
///
/// @param fresh whether every count that must agree was freshly read
/// @param left the highest of the counts; at least this many connections are still there
/// @param counts each count in words, e.g. `edge 0`, `edge's old workers 3`, `ws-2 itself 0`
/// @param account what became of the sessions that were there when it began; `null` where the proof can only be by count
public record DrainProof(boolean fresh, long left, List<String> counts, @Nullable Account account) {
    /// A client that has not come back within this time after it was cut is lost.
    public static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    /// How long all counts must agree on zero for a proof by count.
    public static final Duration AGREE = Duration.ofSeconds(10);

    /// Every session that was on the node when its drain began is in exactly one of these.
    ///
    /// @param moved back, on another node
    /// @param left ended by itself with a normal close
    /// @param away cut, still within its time to come back
    /// @param stragglers still there
    /// @param lost did not come back in time, or the service forgot it
    public record Account(int moved, int left, int away, int stragglers, int lost) {
        public boolean closed() {
            return away == 0 && stragglers == 0;
        }

        public String words() {
            return moved + " moved, " + left + " left, " + (away > 0 ? away + " on their way, " : "")
                    + (stragglers > 0 ? stragglers + " still there, " : "") + lost + " lost";
        }
    }

    public boolean empty() {
        return fresh && left == 0;
    }

    static DrainProof of(StepProgress.DrainWatch watch, Facts facts) {
        var node = watch.node();
        var counts = new ArrayList<String>();
        boolean fresh = true;
        long most = 0;
        boolean reached = false;
        for (var name : facts.environment().balancers()) {
            var reading = facts.fleet().balancer(name, facts.now());
            var sight = facts.fleet().balancers().get(name);
            boolean since = sight != null && sight.isReadSince(watch.beganAt());
            if (!since || reading.isEmpty() || !reading.get().servers().containsKey(node)) {
                fresh = false;
                counts.add(name + (reading.isPresent() ? " not read since" : " not readable"));
                continue;
            }
            reached |= reading.get().servers().get(node).observed().serves();
            long now = reading.get().servers().get(node).sessions();
            long old = reading.get().oldSessions().getOrDefault(node, 0L);
            counts.add(name + " " + now);
            if (old > 0) {
                counts.add(name + "'s old workers " + old);
            }
            most = Math.max(most, now + old);
        }
        var own = facts.fleet().view(node, facts.now()).map(said -> said.connections());
        var view = facts.fleet().views().get(node);
        if (own.isPresent() && view != null && view.isReadSince(watch.beganAt())) {
            counts.add(node + " itself " + own.get());
            most = Math.max(most, own.get());
        } else if (fresh && !reached && view instanceof Sight.Unseen) {
            counts.add(node + " itself does not answer, and no balancer reaches it");
        } else if (facts.environment().can(Capability.NODE_CONNECTIONS)) {
            fresh = false;
            counts.add(node + (own.isPresent() ? " itself not read since" : " itself does not answer"));
        }
        var roll = watch.bySession() ? facts.fleet().roll().fresh(facts.now(), Fleet.FRESH).orElse(null) : null;
        return new DrainProof(fresh, most, List.copyOf(counts), roll == null ? null : account(watch, roll, facts.now()));
    }

    private static Account account(StepProgress.DrainWatch watch, SessionRoll roll, Instant now) {
        int moved = 0;
        int left = 0;
        int away = 0;
        int stragglers = 0;
        int lost = 0;
        for (var session : watch.sessions()) {
            var place = roll.places().get(session);
            if (place == null || place.lost()) {
                lost++;
            } else if (place.open()) {
                if (place.node().equals(watch.node())) {
                    stragglers++;
                } else {
                    moved++;
                }
            } else if (place.code() == 1000) {
                left++;
            } else if (place.since().plus(RETURN_LIMIT).isAfter(now)) {
                away++;
            } else {
                lost++;
            }
        }
        return new Account(moved, left, away, stragglers, lost);
    }

    /// The sentence that names the proof, for journal and report.
    String sentence(String node) {
        return account != null
                ? node + " is drained, proved by session: " + account.words()
                : node + " is drained, proved by count: " + String.join(", ", counts) + ", agreeing for " + AGREE.toSeconds()
                        + " s";
    }
}
