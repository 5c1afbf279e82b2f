package io.lockkeeper.cli;

import io.lockkeeper.domain.history.Csv;
import io.lockkeeper.domain.history.SeriesSpan;
import io.lockkeeper.domain.history.Step;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "signals", mixinStandardHelpOptions = true, description = {
        "Lists what is kept of an environment over time, or prints one signal as CSV. What was not read is not there.",
        "Kept are values of each second for 48 h, of each minute for 30 days, of each hour for 400 days."})
final class SignalsCommand implements Callable<Integer> {
    private static final Duration HOUR = Duration.ofHours(1);

    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--signal", paramLabel = "NAME", description = "prints this one; without it all are listed")
    @Nullable
    String signal;

    @Mixin
    PastOptions past = new PastOptions();

    @Option(names = "--step", paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}; else as fine as can be read: up to 6 h raw, up to 14 days by minutes")
    @Nullable
    Step step;

    private final Desk desk;
    private final Terminal terminal;

    SignalsCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable {
        try (var kept = desk.records().kept(environment.environment)) {
            return signal == null ? list(kept) : print(kept, signal);
        }
    }

    private int list(Desk.Kept kept) throws Desk.Unusable {
        terminal.say(Csv.line("signal", "source", "node", "first", "last", "values"));
        for (SeriesSpan one : kept.series()) {
            terminal.say(Csv.line(one.signal(), one.source(), one.node(), one.first(), one.last(), one.count()));
        }
        return Exit.GOOD;
    }

    private int print(Desk.Kept kept, String name) throws Desk.Unusable {
        var range = past.range(desk.now(), HOUR);
        var chosen = step == null ? Step.of(range.length()) : step;
        var any = new AtomicBoolean();
        terminal.say(Csv.line("time", "step_s", "signal", "source", "node", "min", "mean", "max", "values", "samples"));
        kept.values(name, chosen, range.from(), range.to(), one -> {
            any.set(true);
            terminal.say(Csv.line(one.from(), one.step().toSeconds(), one.signal(), one.source(), one.node(), one.min(),
                    one.mean(), one.max(), one.count(), one.samples()));
        });
        if (!any.get()) {
            terminal.complain("nothing is kept of " + name + " from " + range.from() + " to " + range.to()
                    + "; what there is: lockkeeper signals --env " + environment.environment);
        }
        return any.get() ? Exit.GOOD : Exit.BAD;
    }
}
