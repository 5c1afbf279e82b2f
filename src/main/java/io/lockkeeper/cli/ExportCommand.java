package io.lockkeeper.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", mixinStandardHelpOptions = true, description = {
        "Writes what the team's own Prometheus and Grafana need to know of an environment, from the limits of its file.",
        "Both read the page of `lockkeeper watch --metrics`."})
final class ExportCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;

    ExportCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    /// The same for everything that is exported.
    static final class Target {
        @Parameters(paramLabel = "ENV", description = "`demo`, the name of an environment file at hand, or its path")
        String environment = "";

        @Option(names = "--out", paramLabel = "FILE", description = "writes it there, in place of what is there; else it is printed")
        @Nullable
        Path out;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: export alerts, or export dashboard");
        return Exit.USAGE;
    }

    @Command(name = "alerts", mixinStandardHelpOptions = true, description = "A rule file for Prometheus.")
    int alerts(@Mixin Target target) throws Desk.Unusable {
        return export(target, desk.alerting().rules(target.environment));
    }

    @Command(name = "dashboard", mixinStandardHelpOptions = true, description = "A dashboard for Grafana, as JSON.")
    int dashboard(@Mixin Target target) throws Desk.Unusable {
        return export(target, desk.alerting().dashboard(target.environment));
    }

    private int export(Target target, String text) throws Desk.Unusable {
        if (target.out == null) {
            terminal.say(text.stripTrailing());
        } else {
            desk.alerting().write(target.out, text);
            terminal.say("written to " + target.out);
        }
        return Exit.GOOD;
    }
}
