package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Command.Start;
import io.lockkeeper.domain.run.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", mixinStandardHelpOptions = true, description = {"Starts a runbook and goes through it.",
        "At a terminal it asks; with --yes it answers itself; in a pipe without --yes it waits for somebody else to answer."})
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUNBOOK", description = "id of a runbook")
    String runbook = "";

    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "an input of the runbook; may be given several times")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stands in journal and report")
    String reason = "";

    @Option(names = "--guided", description = "every action waits for go")
    boolean guided;

    @Option(names = "--to-known-good", description = "with the runbook `rollback`: back to the versions last known good")
    boolean knownGood;

    @Option(names = "--dry-run", description = "read the service, print what would be done and what speaks against it now, and do nothing")
    boolean dryRun;

    @Mixin
    AnswerOptions answers = new AnswerOptions();

    /// Versions of which the first that is not running everywhere is taken for `version`: for showing a change that is one.
    List<String> fresh = List.of();

    private final Desk desk;
    private final Terminal terminal;

    RunCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.look(environment.environment)) {
            return start(opened);
        }
    }

    private int start(Desk.Opened opened) throws InterruptedException {
        var snapshot = FirstReading.of(opened.access());
        if (dryRun) {
            return new DryRun(opened, terminal).of(request(snapshot), snapshot);
        }
        var missing = MissingControl.words(snapshot, opened.access().environment(), environment.environment,
                answers.actor(desk));
        if (missing.isPresent()) {
            terminal.complain(missing.get());
            return Exit.USAGE;
        }
        return switch (opened.desk().prepare(request(snapshot), snapshot)) {
            case Prepared.Refused(var problems) -> {
                problems.forEach(terminal::complain);
                yield Exit.USAGE;
            }
            case Prepared.Ready(var start, var warnings) -> {
                warnings.forEach(warning -> terminal.complain("note: " + warning));
                yield submit(opened.access(), start);
            }
        };
    }

    private RunRequest request(Snapshot snapshot) {
        var given = new LinkedHashMap<>(inputs);
        fresh.stream().filter(version -> snapshot.fleet().views().values().stream().flatMap(sight -> sight.newest().stream())
                .anyMatch(view -> !version.equals(view.version()))).reduce((_, last) -> last)
                .ifPresent(version -> given.put("version", version));
        return new RunRequest(answers.actor(desk), reason, runbook, given, guided, knownGood);
    }

    private int submit(EnvironmentAccess access, Start start) throws InterruptedException {
        return switch (access.submit(start.run(), start)) {
            case Submitted.Refused(var why) -> {
                terminal.complain(why);
                yield Exit.USAGE;
            }
            case Submitted.Unknown(var why) -> {
                terminal.complain(why);
                yield Exit.UNKNOWN;
            }
            case Submitted.Taken(long seq) ->
                new Following(desk, terminal, access, start.run(), answers).toTheEnd(Ending.SUCCEEDED,
                        environment.environment, seq);
        };
    }
}
