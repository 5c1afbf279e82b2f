package io.lockkeeper.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafetyPageTest {
    @Test
    void aPromiseIsReadWithWhatThePageSaysOfIt() {
        var page = SafetyPage.parse("""
                # Safety
                - holds: a line before the first promise is prose

                ## 3. The way back
                Words.

                - holds: partly
                - not covered: the console's own death,
                  and the machine's
                - tests: `WayBackTest`, `RollbackIT`
                """.lines().toList());
        assertThat(page.promises()).singleElement().satisfies(promise -> {
            assertThat(promise.number()).isEqualTo(3);
            assertThat(promise.isClaimed()).isTrue();
            assertThat(promise.points()).containsEntry("not covered", "the console's own death, and the machine's");
            assertThat(promise.tests()).containsExactly("WayBackTest", "RollbackIT");
        });
    }
}
