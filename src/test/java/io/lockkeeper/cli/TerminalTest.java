package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    private static final Terminal.Means PLAIN = new Terminal.Means(true, false, true);
    private static final String LINE = "\r\u001B[2K\u001B[?7l%s\u001B[?7h\r";
    private static final String ERASED = "\r\u001B[2K";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private Terminal terminal(Terminal.Means means, Reader in) {
        var stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, new BufferedReader(in), means, () -> 21);
    }

    private Terminal terminal(Terminal.Means means) {
        return terminal(means, new StringReader(""));
    }

    private String seen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static Progress step(String words) {
        return new Progress(words, false);
    }

    @Test
    void theLineIsRedrawnInPlaceAndOnlyWhenItChanged() {
        var terminal = terminal(PLAIN);
        terminal.progress(step("drain 1s"));
        terminal.progress(step("drain 1s"));
        terminal.progress(step("drain 2s"));
        assertThat(seen()).isEqualTo(LINE.formatted("drain 1s") + LINE.formatted("drain 2s"));
    }

    @Test
    void eventsScrollAboveTheLine() {
        var terminal = terminal(PLAIN);
        terminal.progress(step("drain 1s"));
        terminal.say("drain begins");
        terminal.complain("not taken");
        assertThat(seen()).isEqualTo(LINE.formatted("drain 1s") + ERASED + "drain begins\n" + LINE.formatted("drain 1s") + ERASED
                + "not taken\n" + LINE.formatted("drain 1s"));
    }

    @Test
    void theLineLeavesTheLastColumnFreeHoweverLongItsWordsAre() {
        terminal(PLAIN).progress(step("roll[ws-1]/drain 12s: 3 left"));
        assertThat(seen()).isEqualTo(LINE.formatted("roll[ws-1]/drain 12…"));
    }

    @Test
    void theLineIsErasedAtTheEndAndOnce() {
        var terminal = terminal(PLAIN);
        terminal.progress(step("drain 1s"));
        terminal.progress(Progress.NONE);
        terminal.progress(Progress.NONE);
        terminal.say("done");
        assertThat(seen()).isEqualTo(LINE.formatted("drain 1s") + ERASED + "done\n");
    }

    @Test
    void aQuestionStandsAloneAndNothingIsDrawnUntilItIsAnswered() {
        var holder = new Terminal[1];
        var answer = new StringReader("y\n") {
            @Override
            public int read(char[] buffer, int from, int length) throws java.io.IOException {
                holder[0].progress(step("drain 2s"));
                return super.read(buffer, from, length);
            }
        };
        holder[0] = terminal(PLAIN, answer);
        holder[0].progress(step("drain 1s"));
        assertThat(holder[0].ask("go?")).contains("y");
        holder[0].progress(step("drain 3s"));
        assertThat(seen()).isEqualTo(LINE.formatted("drain 1s") + ERASED + "go? " + LINE.formatted("drain 3s"));
    }

    @Test
    void afterTheLastWordNothingIsDrawn() {
        var terminal = terminal(PLAIN);
        terminal.progress(step("drain 1s"));
        terminal.leave("Left the run open.");
        terminal.progress(step("drain 2s"));
        assertThat(seen()).isEqualTo(LINE.formatted("drain 1s") + ERASED + "Left the run open.\n");
    }

    @Test
    void thePersonWhoInterruptsAQuestionIsToldSo() {
        var holder = new Terminal[1];
        var answer = new Reader() {
            @Override
            public int read(char[] buffer, int from, int length) {
                holder[0].leave("Left the run open.");
                return -1;
            }

            @Override
            public void close() {}
        };
        holder[0] = terminal(PLAIN, answer);
        assertThat(holder[0].ask("go?")).isEmpty();
        assertThat(seen()).isEqualTo("go? \nLeft the run open.\n");
    }

    @Test
    void anAlarmIsLoudAndTheRestIsDim() {
        var terminal = terminal(new Terminal.Means(true, true, true));
        terminal.progress(step("drain 1s"));
        terminal.progress(new Progress("OUTCOME UNKNOWN", true));
        assertThat(seen()).isEqualTo(LINE.formatted("\u001B[2mdrain 1s\u001B[0m")
                + LINE.formatted("\u001B[1;31mOUTCOME UNKNOWN\u001B[0m"));
    }

    @Test
    void aPipeGetsPlainLinesAndNothingElse() {
        var terminal = terminal(Terminal.Means.PIPE);
        terminal.progress(step("drain 1s"));
        terminal.say(terminal.loud("a") + terminal.good("b") + terminal.dim("c"));
        terminal.progress(Progress.NONE);
        assertThat(seen()).isEqualTo("abc\n");
    }

    @Test
    void wordsOfOthersNeverMoveTheCursorOrClearTheScreen() {
        var plain = terminal(Terminal.Means.PIPE);
        plain.say("node says \u001B[2J\rgone\u0007\u009B1A\tand\nmore");
        assertThat(seen()).isEqualTo("node says \uFFFD[2J\uFFFDgone\uFFFD\uFFFD1A\tand\nmore\n");
        screen.reset();
        var coloured = terminal(new Terminal.Means(true, true, true));
        coloured.complain(coloured.loud("failed: \u001B[2J\u001B]0;title\u0007"));
        coloured.ask(coloured.good("\u001B[1A?"));
        assertThat(seen())
                .isEqualTo("\u001B[1;31mfailed: \uFFFD[2J\uFFFD]0;title\uFFFD\u001B[0m\n\u001B[32m\uFFFD[1A?\u001B[0m ");
    }

    @ParameterizedTest
    @CsvSource({"false, xterm, '', false, false, false", "true, xterm, '', true, true, true", "true, xterm, 1, true, false, true",
            "true, dumb, '', true, false, false", "true, '', '', true, false, false", "false, dumb, 1, false, false, false"})
    void whatATerminalCanIsReadOffTheEnvironment(boolean person, String term, String noColor, boolean asks, boolean colours,
            boolean draws) {
        assertThat(Terminal.Means.of(person, Map.of("TERM", term, "NO_COLOR", noColor)))
                .isEqualTo(new Terminal.Means(asks, colours, draws));
    }

    @Test
    void aTerminalThatSaysNothingOfItselfIsDumbUnlessItIsThatOfWindows() {
        assertThat(Terminal.Means.of(true, Map.of())).isEqualTo(new Terminal.Means(true, false, false));
        assertThat(Terminal.Means.of(true, Map.of("WT_SESSION", "4711"))).isEqualTo(new Terminal.Means(true, true, true));
    }
}
