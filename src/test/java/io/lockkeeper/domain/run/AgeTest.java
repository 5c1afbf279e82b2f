package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgeTest {
    @Test
    void aClockThatWasPutBackMakesNoNegativeAge() {
        assertThat(Age.words(Walker.START, Walker.START.plusMillis(6_400))).isEqualTo("6 s old");
        assertThat(Age.words(Walker.START.plusSeconds(60), Walker.START)).isEqualTo("60 s ahead of this clock");
    }
}
