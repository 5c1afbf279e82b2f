package io.lockkeeper.domain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final Instant AT = Instant.parse("2026-11-26T03:00:00Z");

    private static List<Planned> plans(String words) {
        return words.equals("none")
                ? List.of()
                : List.of(words.split("\\+")).stream()
                        .map(work -> new Planned("ws-1", AT.minusSeconds(10), AT.plusSeconds(10), Planned.Work.valueOf(work)))
                        .toList();
    }

    @ParameterizedTest(name = "{0} {1} {2} while {3} is {4}")
    @CsvSource({"SENTINEL, CUT, 1006, none, EMERGENCY, true", "SENTINEL, SILENT, 1006, none, EMERGENCY, true",
            "SENTINEL, NONSENSE, 1006, none, EMERGENCY, true", "SENTINEL, CLOSED, 1011, none, EMERGENCY, true",
            "SENTINEL, CLOSED, 4403, none, EMERGENCY, true", "SENTINEL, CLOSED, 1000, none, GRACEFUL, false",
            "SENTINEL, CLOSED, 1001, none, GRACEFUL, false", "SENTINEL, CLOSED, 1012, none, GRACEFUL, false",
            "SENTINEL, CLOSED, 1013, none, GRACEFUL, false", "SENTINEL, CUT, 1006, GRACEFUL, GRACEFUL, false",
            "SENTINEL, CLOSED, 1011, GRACEFUL, GRACEFUL, false", "SENTINEL, CLOSED, 1001, HANDOFF, HANDOFF, false",
            "SENTINEL, CUT, 1006, HANDOFF, HANDOFF, false", "SENTINEL, CUT, 1006, GRACEFUL+HANDOFF, HANDOFF, false",
            "SENTINEL, ON_PURPOSE, 1006, HANDOFF, PROBE, false", "CYCLER, ON_PURPOSE, 1006, none, PROBE, false",
            "CYCLER, CUT, 1006, none, PROBE, true", "CYCLER, CUT, 1006, HANDOFF, PROBE, false",
            "CYCLER, CLOSED, 1001, none, PROBE, false", "PROBE, SILENT, 1006, none, PROBE, true"})
    void theFirstRuleThatFitsDecides(ClientRole role, Loss.Way way, int code, String plans, Scenario scenario, boolean abnormal) {
        var loss = new Loss(way, code);
        assertThat(Scenario.of(role, loss, "ws-1", AT, plans(plans))).isEqualTo(scenario);
        assertThat(Scenario.abnormal(loss, "ws-1", AT, plans(plans))).isEqualTo(abnormal);
    }

    @Test
    void aPlanExplainsOnlyItsNodeAndItsTime() {
        var plans = plans("HANDOFF");
        var cut = Loss.of(Loss.Way.CUT);
        assertThat(Scenario.of(ClientRole.SENTINEL, cut, "ws-2", AT, plans)).isEqualTo(Scenario.EMERGENCY);
        assertThat(Scenario.of(ClientRole.SENTINEL, cut, "", AT, plans)).isEqualTo(Scenario.EMERGENCY);
        assertThat(Scenario.of(ClientRole.SENTINEL, cut, "ws-1", AT.plusSeconds(10), plans)).isEqualTo(Scenario.HANDOFF);
        assertThat(Scenario.of(ClientRole.SENTINEL, cut, "ws-1", AT.plusSeconds(11), plans)).isEqualTo(Scenario.EMERGENCY);
    }
}
