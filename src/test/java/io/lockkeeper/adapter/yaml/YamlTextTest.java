package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTextTest {
    static Stream<Arguments> refused() {
        return Stream.of(Arguments.of("empty", "", "f:1:1: error: the file is empty"),
                Arguments.of("only comments", "# nothing\n\n# here\n", "f:1:1: error: the file is empty"),
                Arguments.of("larger than 1 MiB", "a: " + "x".repeat(1 << 20), "f:1:1: error: the file is larger than 1 MiB"),
                Arguments.of("too deep", "a: " + "[".repeat(60) + "]".repeat(60), "f:1:54: error: nested deeper than 50 levels"),
                Arguments.of("a mapping as a key", "a: 1\n{ b: 1 }: 2\n", "f:2:1: error: a key must be plain text"),
                Arguments.of("a list as a key", "? [1, 2]\n: x\n", "f:1:3: error: a key must be plain text"),
                Arguments.of("a key twice", "a: 1\nb: 2\na: 3\n",
                        "f:3:1: error: key \"a\" stands here a second time (the first is at line 1"),
                Arguments.of("an anchor", "a: &x 1\n", "f:1:4: error: anchor &x is not allowed"),
                Arguments.of("an alias", "a: &x 1\nb: *x\n", "f:2:4: error: alias *x is not allowed"),
                Arguments.of("a tag", "a: !!str 1\n", "f:1:4: error: tag"),
                Arguments.of("two documents", "a: 1\n---\nb: 2\n", "f:2:1: error: a second document begins here"),
                Arguments.of("a tab", "a:\n\tb: 1\n", "f:2:1: error: not readable as YAML"),
                Arguments.of("never closed", "a: [1, 2\n", "f:2:1: error: not readable as YAML"),
                Arguments.of("a control character", "a: \u0007\n", "error: not readable as YAML"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNotAllowedIsSaidWithItsPlaceAndWithoutAnException(String what, String text, String expected) {
        assertThat(YamlText.compose("f", text).problems()).as(what).map(Object::toString)
                .anyMatch(words -> words.contains(expected));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        var composed = YamlText.compose("f", "\uFEFFa: 1\n");
        assertThat(composed.problems()).isEmpty();
        assertThat(composed.root().orElseThrow().toString()).contains("a").doesNotContain("\uFEFF");
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBeThat(@TempDir Path folder) throws IOException {
        var file = folder.resolve("latin.yaml");
        Files.write(file, "lockkeeper: 1\ntitle: \u00e4ndern\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(RunbookFolder.read(file).problems()).map(Object::toString)
                .anyMatch(words -> words.contains("not UTF-8") && words.contains("save it as UTF-8"));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreReadWhereverTheyStand() {
        for (int before = 0; before < 4; before++) {
            var words = "x".repeat(before) + "\uD83D\uDE80".repeat(3000);
            var composed = YamlText.compose("rockets.yaml", "title: " + words);
            assertThat(composed.problems()).isEmpty();
            assertThat(composed.root()).get().asString().contains(words);
        }
    }

    @Test
    void halfACharacterIsNotUtf8() {
        assertThat(YamlText.compose("half.yaml", "title: \uD83D" + "x".repeat(2000)).problems()).extracting(Problem::message)
                .containsExactly("the file is not UTF-8");
    }
}
