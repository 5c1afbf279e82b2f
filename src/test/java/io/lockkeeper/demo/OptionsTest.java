package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final List<String> KNOWN = List.of("--data", "--idle", "--seed");

    @Test
    void whatIsGivenCountsAndTheRestHasItsDefault() {
        var options = new Options(new String[]{"--data", "x", "--idle", "90s"}, KNOWN);

        assertThat(options.required("--data")).isEqualTo("x");
        assertThat(options.duration("--idle", "10m")).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.number("--seed", 7, 0, 9)).isEqualTo(7);
    }

    @Test
    void wrongArgumentsSayWhatWasExpected() {
        assertThatThrownBy(() -> new Options(new String[]{"--date", "x"}, KNOWN)).hasMessageContaining("'--date' is not known");
        assertThatThrownBy(() -> new Options(new String[]{"--data"}, KNOWN)).hasMessageContaining("--data needs a value");
        assertThatThrownBy(() -> new Options(new String[]{}, KNOWN).required("--data")).hasMessageContaining("--data is missing");
        var wrong = new Options(new String[]{"--idle", "10", "--seed", "many"}, KNOWN);
        assertThatThrownBy(() -> wrong.duration("--idle", "1m")).hasMessageContaining("90s, 10m or 2h");
        assertThatThrownBy(() -> wrong.number("--seed", 7, 0, 9)).hasMessageContaining("from 0 to 9");
    }
}
