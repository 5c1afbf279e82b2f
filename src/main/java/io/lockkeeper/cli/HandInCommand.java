package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.SignedLine;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Command.Approve;
import io.lockkeeper.domain.run.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "hand-in", mixinStandardHelpOptions = true, description = {
        "Hands an approval in to whoever holds the environment; the open run goes on where it fits.",
        "NAME and SIGNATURE are the line that `lockkeeper approve` printed; without them it is read from standard input."})
final class HandInCommand implements Callable<Integer> {
    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--actor", paramLabel = "NAME", description = "who hands it in; else the user of this computer")
    String actor = "";

    @Parameters(arity = "0..*", paramLabel = "NAME SIGNATURE")
    List<String> words = List.of();

    private final Desk desk;
    private final Terminal terminal;

    HandInCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        var line = words.isEmpty() ? asked() : String.join(" ", words);
        var signed = SignedLine.of(line).orElseThrow(() -> new Desk.Unusable(
                "this is no approval: it is one line, a name and a signature, as `lockkeeper approve` prints it"));
        try (var opened = desk.look(environment.environment)) {
            var run = opened.access().snapshot().run();
            var id = run == null ? "" : run.run();
            var waiting = RequestCommand.waiting(run, id);
            if (waiting.isEmpty()) {
                throw new Desk.Unusable("no run in environment " + environment.environment + " waits for an approval");
            }
            return handIn(opened.access(), id, waiting, signed);
        }
    }

    private String asked() {
        return terminal.interactive()
                ? terminal.ask("NAME and SIGNATURE, as they were sent back:").orElse("")
                : terminal.line().orElse("");
    }

    /// Where several steps wait, it is handed in for each until it fits one: it cannot fit two.
    private int handIn(EnvironmentAccess access, String run, List<StepRun> waiting, SignedLine signed)
            throws InterruptedException {
        var refusals = new ArrayList<String>();
        var who = actor.isEmpty() ? desk.user() : actor;
        for (var step : waiting) {
            switch (access.submit(run, new Approve(who, step.path(), signed.person(), signed.signature()))) {
                case Submitted.Taken _ -> {
                    terminal.say("taken: " + step.path() + " is approved by " + signed.person());
                    hintWhereNobodyHolds(access, run);
                    return Exit.GOOD;
                }
                case Submitted.Refused(var why) -> refusals.add(why);
                case Submitted.Unknown(var why) -> {
                    terminal.complain(why);
                    return Exit.UNKNOWN;
                }
            }
        }
        refusals.stream().distinct().forEach(terminal::complain);
        return Exit.BAD;
    }

    private void hintWhereNobodyHolds(EnvironmentAccess access, String run) {
        if (access.snapshot().holder().contains("(pid " + ProcessHandle.current().pid() + ")")) {
            terminal.complain("Nobody holds the run, so nothing moves yet. Go on with: lockkeeper attach " + run + " --env "
                    + environment.environment);
        }
    }
}
