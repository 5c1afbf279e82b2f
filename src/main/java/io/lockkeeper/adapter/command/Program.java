package io.lockkeeper.adapter.command;

import io.lockkeeper.port.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One run of a program without a shell, with a limit to its time and to what is kept of its output.
final class Program {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;

    /// @param inTime false when it was ended because its time was over; its code says nothing then
    record Ended(boolean inTime, int code, Output out, Output err) {}

    private final List<String> command;
    private final Map<String, String> variables;
    private final Path folder;
    private final Time time;
    /// Whatever was seen to descend from it, also what has lost its parent since.
    private final Set<ProcessHandle> family = new LinkedHashSet<>();

    Program(List<String> command, Map<String, String> variables, Path folder, Time time) {
        this.command = command;
        this.variables = variables;
        this.folder = folder;
        this.time = time;
    }

    /// @throws IOException when it could not be started, and so certainly did nothing
    Ended run(Duration limit) throws IOException, InterruptedException {
        long end = time.ticks() + limit.toNanos();
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        var process = builder.start();
        var out = new Output(process.getInputStream(), "output of " + process.pid());
        var err = new Output(process.getErrorStream(), "errors of " + process.pid());
        try {
            closeInput(process);
            boolean inTime = hasEnded(process, end);
            if (inTime) {
                out.awaitEnd(LAST_WORDS);
                err.awaitEnd(LAST_WORDS);
            }
            return new Ended(inTime, inTime ? process.exitValue() : -1, out, err);
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // nobody reads there
        }
    }

    private boolean hasEnded(Process process, long end) throws InterruptedException {
        while (true) {
            long left = end - time.ticks();
            if (process.waitFor(Math.clamp(left, 1, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            process.descendants().forEach(family::add);
        }
    }

    /// The parent first, so that it starts no more; then whoever descends from it, until nobody new turns up.
    private void kill(Process process) {
        process.descendants().forEach(family::add);
        process.destroyForcibly();
        for (int round = 0; round < ROUNDS; round++) {
            var before = List.copyOf(family);
            before.forEach(one -> one.descendants().forEach(family::add));
            family.forEach(ProcessHandle::destroyForcibly);
            if (family.size() == before.size()) {
                return;
            }
        }
    }
}
