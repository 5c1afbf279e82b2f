package io.lockkeeper.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverFaultTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void thoseThatTouchAndHaveTheSameReasonAreOne() {
        assertThat(ObserverFault
                .joined(List.of(fault(20, 32, "late"), fault(0, 12, "late"), fault(5, 8, "clock"), fault(11, 20, "late"),
                        fault(40, 50, "late"))))
                .containsExactly(fault(0, 32, "late"), fault(5, 8, "clock"), fault(40, 50, "late"));
    }

    @Test
    void oneWithinAnotherEndsNothingSooner() {
        assertThat(ObserverFault.joined(List.of(fault(0, 30, "late"), fault(3, 9, "late"))))
                .containsExactly(fault(0, 30, "late"));
        assertThat(ObserverFault.joined(List.of())).isEmpty();
    }

    @Test
    void oneThatIsNotOverYetGoesOnWhateverIsExpected() {
        assertThat(ObserverFault.known(List.of(fault(20, 32, "late"), fault(0, 21, "late"), fault(5, 8, "clock")),
                NOON.plusSeconds(32))).containsExactly(fault(0, 32, "late"), fault(5, 8, "clock"));
        assertThat(ObserverFault.known(List.of(fault(20, 32, "late"), fault(0, 21, "late")), NOON.plusSeconds(31)))
                .singleElement().matches(ObserverFault::goesOn).extracting(ObserverFault::from).isEqualTo(NOON);
    }

    private static ObserverFault fault(int from, int to, String why) {
        return new ObserverFault(NOON.plusSeconds(from), NOON.plusSeconds(to), why);
    }
}
