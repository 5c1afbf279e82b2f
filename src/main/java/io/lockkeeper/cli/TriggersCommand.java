package io.lockkeeper.cli;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Recording;
import io.lockkeeper.domain.trigger.Replay;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "triggers", mixinStandardHelpOptions = true, subcommands = {ReportCommand.class,
        ReportCommand.VoteCommand.class}, description = "Shows the triggers of an environment, tells them what people see, acknowledges one that has fired, or tries them on a recording.")
final class TriggersCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final Desk desk;
    private final Terminal terminal;

    TriggersCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: triggers show, triggers report, triggers vote, triggers acknowledge, or triggers replay");
        return Exit.USAGE;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Lists the triggers of an environment in words.")
    int show(@Mixin EnvironmentOption environment) throws Desk.Unusable {
        desk.triggers(environment.environment).specs()
                .forEach(spec -> terminal.say(spec.name() + " " + spec.action().words() + " when " + spec.words()));
        return Exit.GOOD;
    }

    @Command(name = "acknowledge", mixinStandardHelpOptions = true, description = {
            "Says that somebody took note of a trigger that has fired, in your name; it begins anew.",
            "Nothing else follows from it: the way back stays where it is."})
    int acknowledge(@Mixin EnvironmentOption environment,
            @Parameters(paramLabel = "NAME", description = "of the trigger, see `triggers show` and `status`") String name,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; stands in the journal") String reason,
            @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who is responsible; else the user of this computer") String actor)
            throws Desk.Unusable, InterruptedException {
        var order = new EnvironmentOrder(desk, terminal);
        var who = order.who(actor);
        return order.give(environment, new io.lockkeeper.domain.run.Command.AcknowledgeTrigger(who, name, reason),
                "trigger " + name + " is acknowledged by " + who);
    }

    @Command(name = "replay", mixinStandardHelpOptions = true, description = {
            "Says which triggers would have fired on a recording of what clients met, when, and where they were blind.",
            "Ends with 0 whatever fired, with 2 when a line of the recording cannot be read."})
    int replay(@Parameters(paramLabel = "FILE", description = "a recording, as docs/signals.md says") Path file,
            @Option(names = "--env", paramLabel = "ENV", description = "whose triggers; else the usual ones") @Nullable String environment)
            throws Desk.Unusable {
        var set = environment == null ? TriggerSet.USUAL : desk.triggers(environment);
        var read = desk.records().recording(file);
        if (!read.problems().isEmpty()) {
            read.problems().stream().limit(SHOWN).map(Problem::toString).forEach(terminal::complain);
            if (read.problems().size() > SHOWN) {
                terminal.complain("and " + (read.problems().size() - SHOWN) + " more lines like these");
            }
            return Exit.USAGE;
        }
        usable(file, read.recording(), set);
        var replayed = Replay.of(read.recording(), set);
        terminal.say(file + ": " + read.recording().events().size() + " events of " + replayed.clients() + " clients, "
                + replayed.from() + " to " + replayed.to() + ", " + replayed.evaluations() + " evaluations");
        replayed.changes().forEach(this::say);
        summary(replayed);
        return Exit.GOOD;
    }

    private static void usable(Path file, Recording recording, TriggerSet set) throws Desk.Unusable {
        if (recording.events().isEmpty()) {
            throw new Desk.Unusable(file + " holds no event of a client");
        }
        if (Duration.between(recording.first(), recording.last()).compareTo(Replay.LONGEST) > 0) {
            throw new Desk.Unusable(file + " goes from " + recording.first() + " to " + recording.last()
                    + "; the longest that can be replayed is " + Replay.LONGEST.toDays() + " days");
        }
        for (var one : recording.acknowledged()) {
            if (set.specs().stream().noneMatch(spec -> spec.name().equals(one.trigger()))) {
                throw new Desk.Unusable(file + ": there is no trigger \"" + one.trigger() + "\" that " + one.actor()
                        + " could have acknowledged at " + one.at());
            }
        }
    }

    private void say(Replay.Change change) {
        var held = change.before() instanceof Phase.Holding(_, _, var progress) && !(change.phase() instanceof Phase.Fired)
                ? " (had come to " + progress + ")"
                : "";
        var line = change.at() + " " + change.trigger().name() + " " + change.phase().word() + ": " + change.phase().words()
                + held;
        terminal.say(change.phase() instanceof Phase.Fired || change.phase() instanceof Phase.Blind ? terminal.loud(line) : line);
    }

    private void summary(Replay.Replayed replayed) {
        var fired = replayed.changes().stream().filter(change -> change.phase() instanceof Phase.Fired).toList();
        terminal.say(fired.isEmpty() ? "Nothing would have fired." : "Would have fired:");
        fired.forEach(change -> terminal.say("  " + change.at() + " " + change.trigger().name() + ", which "
                + change.trigger().action().words()));
        var blind = replayed.changes().stream().filter(change -> change.phase() instanceof Phase.Blind).toList();
        terminal.say(blind.isEmpty() ? "No trigger was blind." : "Was blind:");
        blind.forEach(change -> terminal.say("  " + change.trigger().name() + " from " + change.at() + " to "
                + end(change, replayed.changes(), replayed.to())));
    }

    private static String end(Replay.Change blind, List<Replay.Change> changes, Instant last) {
        return changes.stream().skip(changes.indexOf(blind) + 1L).filter(change -> change.trigger().equals(blind.trigger()))
                .findFirst().map(change -> change.at().toString()).orElse("the end at " + last);
    }
}
