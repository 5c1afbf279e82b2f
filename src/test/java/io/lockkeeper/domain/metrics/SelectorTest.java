package io.lockkeeper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    @Test
    void matchesLabelsAsPromqlDoes() throws Selector.Unreadable {
        var selector = Selector.parse(" up { proxy=\"ws\", server =~ \"ws[12]\", state!=\"\", env!~\"dev|\\\"x\\\"\" , } ");

        assertThat(selector.name()).isEqualTo("up");
        assertThat(selector.matches(Map.of("proxy", "ws", "server", "ws1", "state", "UP", "more", "1"))).isTrue();
        assertThat(selector.matches(Map.of("proxy", "ws", "server", "ws11", "state", "UP"))).as("the whole value").isFalse();
        assertThat(selector.matches(Map.of("proxy", "ws", "server", "ws1"))).as("absent is empty").isFalse();
        assertThat(selector.matches(Map.of("proxy", "ws", "server", "ws1", "state", "UP", "env", "\"x\""))).isFalse();
        assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
        assertThat(Selector.parse("{\"http.requests\", \"a.b\"=\"1\"}").name()).isEqualTo("http.requests");
        assertThat(Selector.parse("{\"http.requests\", \"a.b\"=\"1\"}").matches(Map.of("a.b", "1"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            rate(x[5m])      ; at character 5, expected nothing more: a selector is a name and labels, and functions are for promql sources
            x[5m]            ; at character 2, expected nothing more: the range is the window, and is not written here
            x{a}             ; at character 4, expected =, !=, =~ or !~ after label a
            x{a=1}           ; at character 5, expected a value in double quotes for label a
            x{a="1           ; at character 7, expected a closing "
            x{a="1" b="2"}   ; at character 9, expected ',' or '}'
            x{a=~"("}        ; the pattern of label a is none: Unclosed group
            {a="1"}          ; it names no metric
            5x               ; at character 1, expected a name
            """)
    void saysWhatIsWrong(String text, String why) {
        assertThatExceptionOfType(Selector.Unreadable.class).isThrownBy(() -> Selector.parse(text.strip())).withMessage(why);
    }
}
