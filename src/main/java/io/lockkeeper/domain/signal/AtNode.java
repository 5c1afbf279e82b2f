package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What clients of ours met at one node, within a window. Attempts that failed are of no node: whoever is not let in does not know where.
///
/// @param node as the service names it; empty for what nobody said of which node it was
/// @param landed returns that ended there, from wherever: those within 30 s among all
/// @param mean how long they took, without those of scenario [Scenario#PROBE]; zero where `timed` is zero
/// @param timed of how many
/// @param lost losses of clients that were there, by scenario; none with a zero
/// @param back what became of those that were lost there, as `reconnect.success` counts: back in time among all that settled
/// @param newest the newest of all of it; `null` where nothing was
public record AtNode(String node, Ratio landed, Duration mean, long timed, Map<Scenario, Long> lost, Ratio back,
        @Nullable Instant newest) {
    public AtNode {
        lost = Map.copyOf(lost);
    }

    boolean anything() {
        return landed.tried() > 0 || !lost.isEmpty() || back.tried() > 0;
    }

    /// @param returned returns of the window, whose episodes ended at the node
    /// @param losses of the window, of clients that were at the node
    static AtNode of(String node, List<Episode> returned, List<Episode> losses, Success back) {
        var times = returned.stream().filter(episode -> episode.scenario() != Scenario.PROBE).map(Episode::took).toList();
        var sum = Duration.ZERO;
        for (var time : times) {
            sum = time == null ? sum : sum.plus(time);
        }
        long inTime = returned.stream().filter(episode -> !episode.over().isAfter(episode.deadline())).count();
        var newest = back.newest();
        for (var episode : returned) {
            newest = newest == null || episode.over().isAfter(newest) ? episode.over() : newest;
        }
        for (var episode : losses) {
            newest = newest == null || episode.lostAt().isAfter(newest) ? episode.lostAt() : newest;
        }
        return new AtNode(node, new Ratio(inTime, returned.size()),
                times.isEmpty() ? Duration.ZERO : sum.dividedBy(times.size()),
                times.size(), losses.stream().collect(Collectors.groupingBy(Episode::scenario, Collectors.counting())),
                back.ratio(), newest);
    }
}
