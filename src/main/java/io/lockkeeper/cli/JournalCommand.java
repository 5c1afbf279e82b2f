package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.RunEvent;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "journal", mixinStandardHelpOptions = true, description = "Reads an environment's journal; never changes it.")
final class JournalCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;

    JournalCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: journal verify, journal list or journal show");
        return Exit.USAGE;
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks the chain and the anchors, and says what that cannot prove.")
    int verify(@Mixin EnvironmentOption environment) throws Desk.Unusable {
        var verification = desk.records().verify(environment.environment);
        terminal.say(verification.words());
        terminal.say(verification.cannotProve());
        return verification.sound() ? Exit.GOOD : Exit.BAD;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the runs, oldest first.")
    int list(@Mixin EnvironmentOption environment) throws Desk.Unusable {
        var runs = new LinkedHashMap<String, String>();
        for (var entry : desk.records().entries(environment.environment)) {
            if (entry.run() != null) {
                switch (desk.records().decode(entry)) {
                    case RunEvent.RunStarted started ->
                        runs.put(entry.run(), started.at() + " " + started.plan().title() + ", by "
                                + started.actor() + ": open");
                    case RunEvent.RunEnded ended ->
                        runs.computeIfPresent(entry.run(), (_, words) -> words.replaceFirst(": open(?=$|;)",
                                ": " + ended.ending().words() + " at " + ended.at()));
                    case RunEvent.StepSkipped skipped -> runs.computeIfPresent(entry.run(),
                            (_, words) -> words + "; " + skipped.path() + " WITHOUT VERIFICATION by " + skipped.actor());
                    default -> {
                        // only beginnings and ends are listed
                    }
                }
            }
        }
        runs.forEach((run, words) -> terminal.say(run + "  " + words));
        if (runs.isEmpty()) {
            terminal.say("no run yet");
        }
        return sound(environment);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what happened, all of it or of one run.")
    int show(@Mixin EnvironmentOption environment, @Parameters(arity = "0..1", paramLabel = "RUN") @Nullable String run)
            throws Desk.Unusable {
        var shown = desk.records().entries(environment.environment).stream()
                .filter(entry -> run == null || run.equals(entry.run()))
                .toList();
        shown.forEach(entry -> terminal.say(line(entry)));
        int code = sound(environment);
        if (code == Exit.GOOD && run != null && shown.isEmpty()) {
            throw new Desk.Unusable("environment " + environment.environment + " has no run " + run
                    + "; `journal list` names those it had");
        }
        return code;
    }

    /// What was shown ends where the chain breaks: that must not look like the end of the journal.
    private int sound(EnvironmentOption environment) throws Desk.Unusable {
        var verification = desk.records().verify(environment.environment);
        if (verification.sound()) {
            return Exit.GOOD;
        }
        terminal.complain("THIS IS NOT ALL OF IT - " + verification.words());
        return Exit.BAD;
    }

    private String line(Entry entry) {
        try {
            return entry.seq() + " " + entry.at() + " " + EventWords.of(desk.records().decode(entry));
        } catch (Desk.Unusable e) {
            return entry.seq() + " " + entry.at() + " " + e.why();
        }
    }
}
