package io.lockkeeper.domain.observer;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episode.Attempt;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rule without control targets: nine of ten clients, at least three in all, went silent or were cut within the time a client takes to
/// notice; nothing has answered them since; and either the service's own counts stayed, or nothing of the environment answers at all.
///
/// @param out clients in trouble; not empty
record AllAtOnce(Circumstances known, List<Episode> out) {
    private static final int FEWEST = 3;
    private static final Duration SLACK = Duration.ofSeconds(5);
    /// What a count takes to show a loss, with room.
    private static final Duration SHOWN = Duration.ofSeconds(2);
    /// Counts that are ours for a third or more say too little of others.
    private static final int TIMES_OURS = 3;
    /// After these causes nobody has answered. A certificate that is not trusted may come from anybody on the way.
    private static final Set<Failure.Cause> UNANSWERED = EnumSet.of(Failure.Cause.TIMEOUT, Failure.Cause.UNREACHABLE,
            Failure.Cause.UNKNOWN_HOST, Failure.Cause.TLS);
    private static final Set<Loss.Way> UNHEARD = EnumSet.of(Loss.Way.CUT, Loss.Way.SILENT, Loss.Way.ON_PURPOSE);

    Finding finding() {
        if (known.watched() < FEWEST) {
            return new Finding.Sound("fewer than " + FEWEST + " clients of ours tell nothing of the own network");
        }
        var newest = SelfDoubt.newest(out);
        var wave = out.stream().filter(one -> !one.lostAt().isBefore(newest.minus(known.silence()).minus(SLACK)))
                .filter(one -> UNHEARD.contains(one.loss().way())).toList();
        var first = wave.stream().map(Episode::lostAt).min(Comparator.naturalOrder()).orElse(newest);
        if (out.stream().anyMatch(one -> answeredSince(one, first))) {
            return new Finding.Sound("the front door answers");
        }
        boolean heard = known.contacts().stream().anyMatch(contact -> contact.heardSince(first));
        boolean nothing = !known.contacts().isEmpty() && known.contacts().stream().allMatch(Contact::silent);
        if (wave.size() * 10L < known.watched() * 9) {
            return nothing && known.now().isBefore(first.plus(known.silence()).plus(SLACK))
                    ? new Finding.Unsure("no link answers, and clients are being lost")
                    : new Finding.Sound(wave.size() + " of " + known.watched() + " clients of ours were lost at once");
        }
        if (nothing) {
            return new Finding.Fault(first,
                    "all " + wave.size() + " clients were lost at once, and nothing of this environment answers any more");
        }
        return heard || known.contacts().isEmpty()
                ? counted(first, newest.plus(SHOWN), wave.size())
                : new Finding.Unsure("all clients were lost at once, and the links are being tried");
    }

    private static boolean answeredSince(Episode episode, Instant first) {
        var failed = episode.failed();
        for (int i = failed.size() - 1; i >= 0 && failed.get(i).at().isAfter(first); i--) {
            Attempt attempt = failed.get(i);
            if (!UNANSWERED.contains(attempt.failure().cause())) {
                return true;
            }
        }
        return false;
    }

    private Finding counted(Instant first, Instant since, int lost) {
        var before = known.counts().stream().filter(count -> count.at().isBefore(first.minusSeconds(1)))
                .reduce((_, later) -> later);
        if (before.isEmpty() || before.get().others() < TIMES_OURS * Math.max(1, before.get().ours())) {
            return new Finding.Sound("the service's own counts say too little of others than us");
        }
        var after = known.counts().stream().filter(count -> !count.at().isBefore(since)).reduce((_, later) -> later);
        if (after.isEmpty()) {
            return new Finding.Unsure("all clients were lost at once, and the service's own counts are being read");
        }
        long others = before.get().others();
        long left = after.get().on(before.get());
        return left * 10 >= others * 9
                ? new Finding.Fault(first, "all " + lost + " clients were lost at once, while the service counts " + left
                        + " connections; " + others + " were not ours before")
                : new Finding.Sound("the service's own counts fell too: " + left + " connections, " + others
                        + " were not ours before");
    }
}
