package io.lockkeeper.main;

import io.lockkeeper.cli.Cli;
import io.lockkeeper.cli.Columns;
import io.lockkeeper.cli.Terminal;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Entry point of every way to start Lockkeeper.
public final class Lockkeeper {
    private Lockkeeper() {}

    public static void main(String[] arguments) {
        var variables = System.getenv();
        var folders = Folders.of(variables, Path.of(System.getProperty("user.home")));
        System.setProperty("lockkeeper.logs", folders.data().resolve("logs").toString()); // before the first logger
        boolean person = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        var terminal = new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8), new PrintStream(System.err, true,
                StandardCharsets.UTF_8), new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Terminal.Means.of(person, variables), Columns.of(variables));
        var desk = new MainDesk(folders, variables);
        int code = Cli.run(desk, terminal, !variables.getOrDefault("LOCKKEEPER_DEBUG", "").isEmpty(), arguments);
        if (code != 3) { // what is of unknown outcome still needs its service
            desk.close();
        }
        System.exit(code);
    }
}
