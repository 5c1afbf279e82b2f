package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"10, drained, drained", "7, drained, drained", "6, drained, drain…", "1, drained, …",
            "0, drained, ''",
            "-3, drained, ''", "5, '', ''", "6, 日本語, 日本語", "5, 日本語, 日本…", "4, 日本語, 日…", "3, a\u0301bcd, a\u0301b…",
            "9, 👍 ready, 👍 ready", "4, 👍 ready, 👍 …"})
    void aLineIsCutToTheColumnsItTakes(int columns, String words, String line) {
        assertThat(Columns.cut(words, columns)).isEqualTo(line);
    }

    @Test
    void nothingThatATerminalWouldObeyIsLeftInALine() {
        assertThat(Columns.cut("a\u001B[2Jb\nc\td\u2028e\u009Bf", 80)).isEqualTo("a [2Jb c d e f");
    }

    @ParameterizedTest
    @CsvSource({"132, 132", "0, 80", "wide, 80", "-4, 80", "'', 80"})
    void theWidthIsTakenFromTheEnvironmentElseItIsEighty(String told, int columns) {
        assertThat(Columns.of(Map.of("COLUMNS", told)).getAsInt()).isEqualTo(columns);
    }
}
