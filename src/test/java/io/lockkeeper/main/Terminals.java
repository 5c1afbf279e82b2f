package io.lockkeeper.main;

import io.lockkeeper.cli.Cli;
import io.lockkeeper.cli.Terminal;
import io.lockkeeper.domain.run.RunEvent;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

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
        return run(new ByteArrayOutputStream(), arguments);
    }

    /// The same in the background, to be looked at while it runs.
    Running start(String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var code = new FutureTask<>(() -> run(bytes, arguments).code());
        Thread.ofPlatform().daemon().name("terminal").start(code);
        return new Running(bytes, code);
    }

    record Running(ByteArrayOutputStream bytes, Future<Integer> code) {
        /// Everything that was printed so far.
        String out() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        void says(String words) {
            Awaitility.await(words).atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50))
                    .until(() -> out().contains(words));
        }

        Result ends() throws Exception {
            int exit = code.get(60, TimeUnit.SECONDS);
            return new Result(exit, out());
        }
    }

    /// The journal of an environment as it stands, of its newest run.
    RunRecord record(String environment) throws Exception {
        var desk = desk();
        var events = new ArrayList<RunEvent>();
        for (var entry : desk.records().entries(environment)) {
            var event = desk.records().decode(entry);
            if (event instanceof RunEvent.RunStarted) {
                events.clear();
            }
            events.add(event);
        }
        return new RunRecord(List.copyOf(events));
    }

    private MainDesk desk() {
        var variables = Map.of("LOCKKEEPER_HOME", home.toString());
        return new MainDesk(Folders.of(variables, home), variables);
    }

    private Result run(ByteArrayOutputStream bytes, String... arguments) {
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var desk = desk();
        int code = Cli.run(desk,
                new Terminal(stream, stream, new BufferedReader(new StringReader(typed)), means, () -> 100), true,
                arguments);
        if (code != 3) {
            desk.close();
        }
        return new Result(code, bytes.toString(StandardCharsets.UTF_8));
    }
}
