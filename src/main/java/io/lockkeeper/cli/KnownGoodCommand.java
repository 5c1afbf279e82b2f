package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.domain.doc.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
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
        try (var opened = desk.look(environment.environment)) {
            if (!versions.isEmpty()) {
                return record(opened.access());
            }
            var good = opened.access().snapshot().knownGood();
            terminal.say(good == null
                    ? "nothing is recorded as known good"
                    : "since " + good.since() + " by " + good.actor() + ": " + good.words());
            return Exit.GOOD;
        }
    }

    private int record(EnvironmentAccess access) throws Desk.Unusable, InterruptedException {
        for (var entry : versions.entrySet()) {
            check("node", entry.getKey(), access.environment().nodeNames());
            check("version", entry.getValue(), access.environment().versions());
        }
        return Exit.of(access.setKnownGood(answers.actor(desk), versions), terminal, _ -> {
            terminal.say("recorded");
            return Exit.GOOD;
        });
    }

    private void check(String what, String word, List<String> known) throws Desk.Unusable {
        if (!known.isEmpty() && !known.contains(word)) {
            throw new Desk.Unusable("environment " + environment.environment + " has no " + what + " \"" + word + "\"; "
                    + Nearest.suggestion(word, known));
        }
    }
}
