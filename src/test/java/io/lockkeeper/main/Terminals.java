package io.lockkeeper.main;

import io.lockkeeper.cli.Cli;
import io.lockkeeper.cli.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Command lines run as a person in a pipe would, inside this process.
final class Terminals {
    private final Path home;
    private final Terminal.Means means;
    private final String typed;

    Terminals(Path home) {
        this(home, Terminal.Means.PIPE, "");
    }

    private Terminals(Path home, Terminal.Means means, String typed) {
        this.home = home;
        this.means = means;
        this.typed = typed;
    }

    /// The same on another kind of terminal, 100 columns wide, whose person types nothing more than was said.
    Terminals on(Terminal.Means other) {
        return new Terminals(home, other, typed);
    }

    /// The same with something to read on its input.
    Terminals typing(String text) {
        return new Terminals(home, means, text);
    }

    /// @param out everything that was printed, both streams
    record Result(int code, String out) {}

    Result run(String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var variables = Map.of("LOCKKEEPER_HOME", home.toString());
        var desk = new MainDesk(Folders.of(variables, home), variables);
        int code = Cli.run(desk,
                new Terminal(stream, stream, new BufferedReader(new StringReader(typed)), means, () -> 100), true,
                arguments);
        if (code != 3) {
            desk.close();
        }
        return new Result(code, bytes.toString(StandardCharsets.UTF_8));
    }
}
