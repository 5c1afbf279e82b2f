package io.lockkeeper.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.ObserverReading;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchNewsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T22:40:00Z");
    private static final Phase QUIET = new Phase.Quiet("fine");
    private static final Environment SHOP = new Environment("shop", Tier.STAGING, "h", List.of(), List.of(), List.of(), 1,
            Set.of(),
            1000);

    private final WatchNews news = new WatchNews(new NotifyWords(SHOP));

    private static Phase blind(int since) {
        return new Phase.Blind(NOW.plusSeconds(since), "no data");
    }

    private List<String> at(int second, ObserverReading.@Nullable Doubt doubt, Phase first, Phase second2) {
        var now = NOW.plusSeconds(second);
        var reading = new WatchReading(now, new Watcher.Watching("window", NOW), null, null, null,
                List.of(new TriggerReading("a", Action.OFFER, "", first), new TriggerReading("b", Action.OFFER, "", second2)),
                new ObserverReading(now, List.of(), doubt, "a finding", List.of()));
        return news.of(reading, now).stream().map(Notification::title).toList();
    }

    @Test
    void aTriggerThatCouldJudgeAndIsBlindForAMinuteIsToldOnceAndThatItSeesAgain() {
        assertThat(at(0, null, QUIET, blind(-900))).as("b could never judge").isEmpty();
        assertThat(at(20, null, blind(10), blind(-900))).isEmpty();
        assertThat(at(69, null, blind(10), blind(-900))).isEmpty();
        assertThat(at(70, null, blind(10), blind(-900))).containsExactly("shop: trigger a is BLIND");
        assertThat(at(80, null, blind(10), blind(-900))).isEmpty();
        assertThat(at(90, null, QUIET, blind(-900))).containsExactly("shop: trigger a is judging again");
        assertThat(at(100, null, QUIET, QUIET)).isEmpty();
        assertThat(at(200, null, blind(110), blind(110))).containsExactly("shop: 2 triggers are BLIND");
    }

    @Test
    void aFaultOfTheObserverIsToldOnceWithItsEndAndNotAsBlindTriggers() {
        assertThat(at(0, null, QUIET, QUIET)).isEmpty();
        var fault = new ObserverReading.Doubt(NOW, null, "all control targets fail");
        assertThat(at(1, fault, blind(0), blind(0))).containsExactly("shop: OBSERVER_FAULT");
        assertThat(at(300, fault, blind(0), blind(0))).isEmpty();
        assertThat(at(301, new ObserverReading.Doubt(NOW, NOW.plusSeconds(360), "it ended"), blind(0), blind(0))).isEmpty();
        assertThat(at(361, null, QUIET, QUIET)).containsExactly("shop: the observer's fault is over");
        assertThat(at(400, null, QUIET, QUIET)).isEmpty();
    }

    @Test
    void thatNobodyWatchesAnyMoreIsToldOnceAndNotWhereNobodyEverDid() {
        var failed = new WatchReading(NOW, new Watcher.Failed(NOW, "no such host"), null, null, null, List.of());
        assertThat(news.of(failed, NOW)).isEmpty();
        assertThat(news.of(null, NOW)).isEmpty();
        at(0, null, QUIET, QUIET);
        assertThat(news.of(failed, NOW)).singleElement().satisfies(one -> {
            assertThat(one.title()).isEqualTo("shop: NOBODY WATCHES any more");
            assertThat(one.urgent()).isTrue();
        });
        assertThat(news.of(failed, NOW.plusSeconds(1))).isEmpty();
    }
}
