package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/// `fleet.share`: the observed share of the open connections that nodes of one version carry, by the balancers' counts, old workers included.
/// A node that does not say which version it runs may be of it or not: the share holds only where it holds either way.
final class VersionShares {
    private final RunState state;
    private final Facts facts;
    private final Instant since;

    /// @param since only what was read from then on counts
    VersionShares(RunState state, Facts facts, Instant since) {
        this.state = state;
        this.facts = facts;
        this.since = since;
    }

    Reading judge(Step.Check check) {
        if (!(check.condition() instanceof Condition.VersionShare(var written, var percent, int points))) {
            throw new IllegalArgumentException(check.condition().words());
        }
        var version = state.answer(written).orElse(null);
        if (version == null) {
            return nothing("nobody has said which version yet");
        }
        for (var name : facts.environment().balancers()) {
            var sight = facts.fleet().balancers().get(name);
            if (sight == null || sight.fresh(facts.now(), Fleet.FRESH).isEmpty()) {
                return new Reading(sight == null ? Verdict.NO_DATA : Verdict.STALE, 0, "",
                        sight == null ? null : sight.readAt().orElse(null), "what " + name + " carries is not freshly known");
            }
            if (!sight.isReadSince(since)) {
                return nothing(name + " has not been read since the gate began");
            }
        }
        long all = 0;
        long on = 0;
        long unknown = 0;
        int serving = 0;
        int servingOn = 0;
        var unseen = new ArrayList<String>();
        for (var node : facts.environment().nodeNames()) {
            long sessions = facts.environment().balancers().stream()
                    .mapToLong(
                            name -> facts.fleet().balancer(name, facts.now()).map(reading -> reading.sessions(node)).orElse(0L))
                    .sum();
            var runs = facts.fleet().view(node, facts.now()).map(view -> view.version() == null ? "" : view.version()).orElse("");
            boolean serves = facts.fleet().serves(node, facts.now());
            all += sessions;
            on += runs.equals(version) ? sessions : 0;
            unknown += runs.isEmpty() ? sessions : 0;
            serving += serves ? 1 : 0;
            servingOn += serves && runs.equals(version) ? 1 : 0;
            if (runs.isEmpty()) {
                unseen.add(node);
            }
        }
        if (all == 0 || serving == 0) {
            return nothing(all == 0 ? "no connection is open" : "no node serves");
        }
        double wanted = percent == null ? 100.0 * servingOn / serving : percent;
        double least = 100.0 * on / all;
        double most = 100.0 * (on + unknown) / all;
        var verdict = least >= wanted - points && most <= wanted + points
                ? Verdict.PASS
                : most < wanted - points || least > wanted + points ? Verdict.FAIL : Verdict.INCONCLUSIVE;
        var share = String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * on / all, on, all);
        return new Reading(verdict, (int) Math.min(Integer.MAX_VALUE, all), share, facts.now(),
                share + " of the open connections are on " + version
                        + String.format(Locale.ROOT, ", wanted %.1f %% within %d points", wanted, points)
                        + (unseen.isEmpty() ? "" : "; the version of " + String.join(", ", unseen) + " is not known"));
    }

    private static Reading nothing(String why) {
        return new Reading(Verdict.NO_DATA, 0, "", null, why);
    }
}
