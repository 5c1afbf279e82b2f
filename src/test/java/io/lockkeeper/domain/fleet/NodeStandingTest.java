package io.lockkeeper.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStandingTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final Instant OLD = NOW.minusSeconds(6);

    private static Sight<BalancerReading> balancer(String words, Instant at) {
        var parts = words.split(" ", -1);
        int weight = Integer.parseInt(parts[2]);
        var server = new ServerReading(AdminState.valueOf(parts[0]), ObservedState.valueOf(parts[1]), weight, 100, 3, words);
        return new Sight.Seen<>(new BalancerReading("1", new TreeMap<>(Map.of("ws-1", server)), Map.of(), true), at);
    }

    private static Sight<NodeReading> node(String ready, Instant at) {
        return ready.equals("silent")
                ? new Sight.Unseen<>("connection refused", at, null)
                : new Sight.Seen<>(
                        new NodeReading(ready.equals("?") ? null : Boolean.valueOf(ready), "v1", "i", OLD, 3L, null, "ws-1"),
                        at);
    }

    private static NodeStanding standing(Map<String, Sight<BalancerReading>> balancers, Sight<NodeReading> node) {
        return NodeStanding.of(new Fleet(List.of("ws-1"), new TreeMap<>(balancers), new TreeMap<>(Map.of("ws-1", node)),
                new TreeMap<>(), Sight.never(NOW)), "ws-1", NOW);
    }

    @ParameterizedTest
    @CsvSource({"ENABLED UP 100, ENABLED UP 100, true, SERVES", //
            "ENABLED UP 100, ENABLED UNCHECKED 1, ?, SERVES", //
            "ENABLED UP 100, ENABLED UP 100, false, DOWN", //
            "ENABLED UP 100, ENABLED UP 100, silent, NOT_KNOWN", //
            "ENABLED DOWN 100, ENABLED UP 100, true, DOWN", //
            "ENABLED DOWN 100, ENABLED DOWN 100, silent, DOWN", //
            "ENABLED STARTING 100, ENABLED UP 100, silent, DOWN", //
            "ENABLED UNKNOWN 100, ENABLED UP 100, true, NOT_KNOWN", //
            "UNKNOWN UP 100, ENABLED UP 100, true, NOT_KNOWN", //
            "DRAINED DOWN 100, ENABLED DOWN 100, false, TAKEN_OUT", //
            "ENABLED UP 100, MAINTENANCE UP 100, true, TAKEN_OUT", //
            "ENABLED UP 0, ENABLED UP 100, true, TAKEN_OUT"})
    void downIsWhatDoesNotServeAndWhatNobodyTookOut(String first, String second, String ready, NodeStanding standing) {
        assertThat(standing(Map.of("a", balancer(first, NOW), "b", balancer(second, NOW)), node(ready, NOW))).isEqualTo(standing);
    }

    @Test
    void whatIsOldTellsNothing() {
        assertThat(standing(Map.of("a", balancer("ENABLED DOWN 100", OLD)), node("false", OLD)))
                .isEqualTo(NodeStanding.NOT_KNOWN);
        assertThat(standing(Map.of("a", balancer("ENABLED UP 100", NOW)), node("true", OLD))).isEqualTo(NodeStanding.NOT_KNOWN);
        assertThat(standing(Map.of("a", balancer("ENABLED UP 100", OLD)), node("true", NOW))).isEqualTo(NodeStanding.NOT_KNOWN);
        assertThat(standing(Map.of("a", balancer("ENABLED DOWN 100", NOW)), node("true", OLD))).isEqualTo(NodeStanding.DOWN);
    }
}
