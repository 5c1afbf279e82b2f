package io.lockkeeper.cli;

import io.lockkeeper.app.AlertPath;
import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.alerting.DrillWalk;
import io.lockkeeper.domain.doc.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "drill", mixinStandardHelpOptions = true, description = {
        "Makes an alert fire that means nothing, sees it arrive in the team's Prometheus and Alertmanager, and ends it.",
        "Needs a `lockkeeper watch --metrics` that Prometheus reads, the rules of `lockkeeper export alerts`, and a section `alerting` in the environment file."})
final class DrillCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    @Parameters(paramLabel = "ENV", description = "the name of an environment file at hand, or its path")
    String environment = "";

    @Option(names = "--limit", paramLabel = "TIME", defaultValue = "3m", description = "how long each hop may take, from 5s to 15m; ${DEFAULT-VALUE} unless you say so")
    String limit = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why; stands in the journal")
    String reason = "";

    @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who is responsible; else the user of this computer")
    String actor = "";

    private final Desk desk;
    private final Terminal terminal;

    DrillCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        var each = Durations.parse(limit).filter(given -> given.compareTo(SHORTEST) >= 0 && given.compareTo(LONGEST) <= 0)
                .orElseThrow(
                        () -> new Desk.Unusable("--limit " + limit + " is no duration from 5s to 15m; write it like 90s or 3m"));
        var path = desk.alerting().path(environment);
        var obstacle = path.obstacle();
        if (obstacle.isPresent()) {
            terminal.complain("no drill was begun: " + obstacle.get());
            return Exit.BAD;
        }
        try (var opened = desk.look(environment)) {
            var watch = opened.access().snapshot().watch();
            if (watch == null || !watch.watcher().watching()) {
                terminal.complain("no drill was begun: nobody on this computer, as this user, watches " + environment
                        + "; drill where `lockkeeper watch` runs");
                return Exit.BAD;
            }
            return drill(path, opened.access(), each);
        }
    }

    private int drill(AlertPath path, EnvironmentAccess access, Duration each) throws InterruptedException {
        var who = actor.isEmpty() ? desk.user() : actor;
        var begun = access.submit("",
                new io.lockkeeper.domain.run.Command.BeginDrill(who, reason, each.multipliedBy(3).plusSeconds(10)));
        switch (begun) {
            case Submitted.Refused(var why) -> {
                terminal.complain("no drill was begun: " + why);
                return Exit.BAD;
            }
            case Submitted.Unknown(var why) -> {
                terminal.complain("not known whether a drill was begun: " + why + "; if it was, it ends by itself");
                return Exit.UNKNOWN;
            }
            case Submitted.Taken _ ->
                terminal.say("drill of " + access.environment().name() + " by " + who + ", begun at "
                        + desk.now().truncatedTo(ChronoUnit.SECONDS) + "; it stands in the journal");
        }
        boolean there;
        try (var _ = desk.whenInterrupted(() -> abandon(access, who))) {
            there = walk(path, DrillWalk.there(path.alertmanager(), desk.now()), each);
        }
        boolean ended = end(access, who);
        boolean back = there && ended && walk(path, DrillWalk.back(path.alertmanager(), desk.now()), each);
        if (there && ended && back) {
            terminal.say(terminal.good("an alert of " + access.environment().name() + " arrives") + (path.alertmanager()
                    ? ""
                    : "; the environment file names no Alertmanager, so how it goes on from Prometheus was not looked at"));
            return Exit.GOOD;
        }
        return Exit.BAD;
    }

    private boolean end(EnvironmentAccess access, String who) throws InterruptedException {
        return switch (access.submit("", new io.lockkeeper.domain.run.Command.EndDrill(who))) {
            case Submitted.Taken _ -> {
                terminal.say("the drill was ended");
                yield true;
            }
            case Submitted.Refused(var why) -> {
                terminal.complain("the drill could not be ended: " + why);
                yield false;
            }
            case Submitted.Unknown(var why) -> {
                terminal.complain("not known whether the drill was ended: " + why + "; it ends by itself");
                yield false;
            }
        };
    }

    private void abandon(EnvironmentAccess access, String who) {
        try {
            var ended = access.submit("", new io.lockkeeper.domain.run.Command.EndDrill(who)) instanceof Submitted.Taken;
            terminal.leave(ended ? "the drill was ended" : "the drill goes on until it ends by itself");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean walk(AlertPath path, DrillWalk way, Duration each) throws InterruptedException {
        var walk = way;
        while (true) {
            var sight = path.look();
            var next = walk.seen(sight, desk.now());
            next.met().stream().skip(walk.met().size()).forEach(this::say);
            walk = next;
            if (walk.done()) {
                if (sight.suppressed()) {
                    terminal.say("Note: Alertmanager tells nobody of it, for a silence or an inhibition is on it");
                }
                return true;
            }
            var missed = walk.missed(each, desk.now());
            if (missed.isPresent()) {
                terminal.complain(terminal.loud("not seen within " + Durations.words(each) + ": ") + missed.get().words()
                        + (sight.faults().isEmpty() ? "" : " (" + String.join("; ", sight.faults()) + ")") + "; "
                        + missed.get().hint());
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private void say(DrillWalk.Met met) {
        terminal.say(String.format(Locale.ROOT, "%7.1f s  %s", met.took().toMillis() / 1000.0, met.hop().words()));
    }
}
