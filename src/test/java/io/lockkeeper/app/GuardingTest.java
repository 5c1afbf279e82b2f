package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is said of the triggers that guard a run before it starts.
class GuardingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final List<String> WATCH = List.of("success-rate", "slower-reconnects", "data-loss", "consensus");

    private static Environment environment(boolean clients) {
        var like = Trial.ENVIRONMENT;
        var can = EnumSet.copyOf(like.capabilities());
        can.removeIf(Capability::ofClients);
        if (clients) {
            can.add(Capability.CLIENTS);
        }
        return new Environment("shop", like.tier(), like.hash(), like.nodes(), like.balancers(), like.versions(), 1, can, 1006);
    }

    private static Snapshot snapshot(WatchReading watch) {
        return new Snapshot(NOW, "test", true, new FleetBoard(Trial.ENVIRONMENT, NOW, _ -> {
        }).fleet(), List.of(), null, List.of(), List.of(), null, null, List.of(), watch);
    }

    private static WatchReading nobody() {
        return WatchReading.nobody(NOW, "the console is closed", TriggerRecord.EMPTY, TriggerSet.USUAL);
    }

    private static WatchReading live(Map<String, Phase> phases) {
        return new WatchReading(NOW, new Watcher.Watching("window", NOW), null, null, null,
                TriggerSet.USUAL.specs().stream().map(spec -> TriggerReading.of(spec,
                        phases.getOrDefault(spec.name(), new Phase.Quiet("fine")))).toList());
    }

    private static List<String> warnings(Guarding guarding, boolean clients, WatchReading watch) {
        return guarding.warnings(WATCH, environment(clients), snapshot(watch), NOW);
    }

    private static Guarding watching(int daysOld) {
        return new Guarding(true, () -> List.of(
                new Baseline(Scenario.GRACEFUL, Duration.ofSeconds(2), 100, NOW.minus(Duration.ofDays(daysOld)))));
    }

    @Test
    @Promise(2)
    void whereNobodyWatchesItIsSaidWhichGuardsAreBlind() {
        assertThat(warnings(Guarding.NOBODY, true, nobody())).containsExactly(
                "watch: success-rate, slower-reconnects, data-loss are blind: nobody is watching; data-loss goes by what people"
                        + " report alone");
        assertThat(warnings(watching(1), false, nobody())).containsExactly(
                "watch: success-rate, slower-reconnects, data-loss guard nothing: this environment cannot watch the service with"
                        + " clients of its own; data-loss goes by what people report alone");
    }

    @Test
    @Promise(2)
    void whoeverWillWatchIsToldWhatIsMissing() {
        assertThat(warnings(watching(29), true, nobody())).isEmpty();
        assertThat(warnings(watching(31), true, nobody())).containsExactly(
                "watch: slower-reconnects is blind: no baseline; record one with `lockkeeper baseline record --env shop`");
    }

    @Test
    void whoeverWatchesSaysWhatEachIsBlindForAndWhatHasFired() {
        assertThat(warnings(watching(1), true, live(Map.of()))).isEmpty();
        assertThat(warnings(watching(1), true,
                live(Map.of("slower-reconnects", new Phase.Blind(NOW, "no baseline: none recorded"),
                        "data-loss", new Phase.Fired(NOW, "kim reports: an order"), "success-rate",
                        new Phase.Blind(NOW, "no data")))))
                .containsExactly(
                        "watch: data-loss has fired and nobody has acknowledged it, so the run will wait before its first order:"
                                + " kim reports: an order",
                        "watch: success-rate is blind: no data",
                        "watch: slower-reconnects is blind: no baseline: none recorded; record one with"
                                + " `lockkeeper baseline record --env shop`");
    }
}
