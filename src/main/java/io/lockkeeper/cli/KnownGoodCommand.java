package io.lockkeeper.cli;

import io.lockkeeper.app.Submitted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "known-good", mixinStandardHelpOptions = true, description = "Shows or sets the versions to which `run rollback --to-known-good` leads.")
final class KnownGoodCommand implements Callable<Integer> {
    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--set", paramLabel = "NODE=VERSION", description = "record this version; may be given several times")
    Map<String, String> versions = new LinkedHashMap<>();

    @Mixin
    AnswerOptions answers = new AnswerOptions();

    private final Desk desk;
    private final Terminal terminal;

    KnownGoodCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.open(environment.environment)) {
            if (!versions.isEmpty()) {
                if (opened.access().setKnownGood(answers.actor(desk), versions) instanceof Submitted.Refused(var why)) {
                    terminal.complain(why);
                    return Exit.BAD;
                }
                terminal.say("recorded");
                return Exit.GOOD;
            }
            var good = opened.access().snapshot().knownGood();
            terminal.say(good == null
                    ? "nothing is recorded as known good"
                    : "since " + good.since() + " by " + good.actor() + ": " + good.versions());
            return Exit.GOOD;
        }
    }
}
