package io.lockkeeper.domain.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random worlds with a known truth: what is reported is what happened, and triggers fire when they should and at no other time.
class TriggerSearchTest {
    private static final int SEEDS = 120;

    @Test
    @Promise({2, 10})
    void whatIsReportedIsWhatHappenedAndTriggersFireWhenTheyShould() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(TriggerSearch.wrong(seed, Planted.NONE)).isEmpty();
        }
    }

    @Test
    void theWorldsHoldEverythingThatMatters() {
        var fired = new TreeMap<String, Integer>();
        for (long seed = 0; seed < SEEDS; seed++) {
            TriggerSearch.expected(new Oracle(new World(seed)))
                    .forEach((trigger, tick) -> fired.merge(trigger, tick == Oracle.NEVER ? 0 : 1, Integer::sum));
        }
        assertThat(fired.values()).as("worlds in which each fires: %s", fired)
                .allSatisfy(times -> assertThat(times).isBetween(5, SEEDS - 15));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedMistakeIsFound(Planted bug) {
        assertThat(TriggerSearch.finds(bug)).as("what gives %s away", bug).isPresent();
    }
}
