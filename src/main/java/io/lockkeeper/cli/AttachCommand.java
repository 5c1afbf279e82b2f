package io.lockkeeper.cli;

import io.lockkeeper.domain.run.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "attach", aliases = "resume", mixinStandardHelpOptions = true, description = {
        "Follows a run that somebody else may hold, and answers its questions.",
        "When its holder is gone it takes the run over: what was under way is looked at before anything is sent."})
final class AttachCommand implements Callable<Integer> {
    @Mixin
    RunOption run = new RunOption();

    @Mixin
    AnswerOptions answers = new AnswerOptions();

    private final Desk desk;
    private final Terminal terminal;

    AttachCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.open(run.environment.environment)) {
            var id = run.in(opened.access().snapshot());
            return new Following(desk, terminal, opened.access(), id, answers).toTheEnd(Ending.SUCCEEDED,
                    run.environment.environment, 0);
        }
    }
}
