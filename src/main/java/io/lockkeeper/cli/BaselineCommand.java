package io.lockkeeper.cli;

import io.lockkeeper.domain.history.EpisodeColumns;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.domain.trigger.RecordedBaseline.Load;
import io.lockkeeper.domain.trigger.Recording;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "baseline", mixinStandardHelpOptions = true, description = "Records how long clients take to come back when all is well, for the trigger `slower-reconnects` to compare with.")
final class BaselineCommand implements Callable<Integer> {
    private static final List<Scenario> TIMED = List.of(Scenario.GRACEFUL, Scenario.EMERGENCY, Scenario.HANDOFF);

    /// What a baseline is to be made of.
    ///
    /// @param times by scenario, in the order of [#TIMED]
    private record Material(Instant from, Instant to, List<List<Duration>> times, String command, Load load) {}

    private final Desk desk;
    private final Terminal terminal;

    BaselineCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: baseline record, or baseline list");
        return Exit.USAGE;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists what was recorded, with its age and whether it still counts.")
    int list(@Mixin EnvironmentOption environment) throws Desk.Unusable {
        var recorded = desk.records().baselines(environment.environment);
        var rules = rules(environment.environment);
        recorded.unusable().forEach(line -> terminal
                .complain(recorded.file() + ":" + line + ":1: this line is no baseline and is passed over; remove it"));
        if (recorded.baselines().isEmpty()) {
            terminal.say("no baseline yet: lockkeeper baseline record --env " + environment.environment);
        }
        recorded.baselines().forEach(one -> terminal.say(words(one, rules)));
        return Exit.GOOD;
    }

    private String words(RecordedBaseline one, TriggerSpec.Slower rules) {
        var age = Duration.between(one.recordedAt(), desk.now());
        var old = age.compareTo(rules.oldest()) > 0 ? "; TOO OLD, it counted for " + rules.oldest().toDays() + " days" : "";
        var few = one.samples() < rules.samples() ? "; TOO FEW, it takes " + rules.samples() : "";
        return EpisodeColumns.lower(one.scenario()) + ": mean " + seconds(one.mean()) + ", p95 " + seconds(one.p95()) + " ("
                + one.samples() + " returns), recorded " + one.recordedAt() + " by " + one.by() + ", " + age(age) + old + few
                + "; from " + one.command() + "; " + one.load().words();
    }

    private static String age(Duration age) {
        return age.toDays() > 0
                ? age.toDays() + (age.toDays() == 1 ? " day old" : " days old")
                : age.toHours() + (age.toHours() == 1 ? " hour old" : " hours old");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", EpisodeColumns.seconds(time));
    }

    @Command(name = "record", mixinStandardHelpOptions = true, description = {
            "Records how long the returns of a run took, of the newest one where none is named, or of a recording or a time.",
            "Ends with 1 when there were too few."})
    int record(@Mixin EnvironmentOption environment,
            @Option(names = "--scenario", paramLabel = "SCENARIO", description = "graceful, emergency or handoff; else each of which there are enough") @Nullable Scenario scenario,
            @Option(names = "--run", paramLabel = "RUN", description = "whose time counts; else the newest") @Nullable String run,
            @Option(names = "--recording", paramLabel = "FILE", description = "a recording of `clients --record` instead of the history") @Nullable Path recording,
            @Mixin PastOptions past,
            @Option(names = "--command", paramLabel = "TEXT", description = "what brought the returns about; else the run or the recording") @Nullable String command,
            @Option(names = "--connections", paramLabel = "N", description = "of the service meanwhile; else as it was read") @Nullable Long connections,
            @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who is responsible; else the user of this computer") String actor)
            throws Desk.Unusable {
        if (scenario == Scenario.PROBE) {
            throw new Desk.Unusable("--scenario probe has no times; it is one of graceful, emergency, handoff");
        }
        if ((run == null ? 0 : 1) + (recording == null ? 0 : 1) + (past.since == null ? 0 : 1) > 1) {
            throw new Desk.Unusable("say one of --run, --recording and --since");
        }
        var material = recording != null
                ? of(recording)
                : past.since != null
                        ? of(environment.environment, past.range(desk.now(), Duration.ZERO), "the clients of that time")
                        : ofRun(environment.environment, run);
        return keep(environment.environment, scenario, material, command, connections, actor.isEmpty() ? desk.user() : actor);
    }

    private int keep(String environment, @Nullable Scenario only, Material material, @Nullable String command,
            @Nullable Long connections, String by) throws Desk.Unusable {
        int least = rules(environment).samples();
        var load = material.load();
        var known = connections == null ? load : new Load(load.clients(), load.cyclesPerMinute(), connections);
        var said = new ArrayList<String>();
        boolean any = false;
        for (int i = 0; i < TIMED.size(); i++) {
            var times = material.times().get(i);
            if (only != null && TIMED.get(i) != only) {
                continue;
            }
            if (times.size() < least) {
                said.add(times.size() + " " + EpisodeColumns.lower(TIMED.get(i)) + (times.size() == 1 ? " return" : " returns"));
                continue;
            }
            var made = RecordedBaseline.of(TIMED.get(i), times, desk.now(), new Window(material.from(), material.to()),
                    command == null ? material.command() : command, known, by);
            desk.records().keep(environment, made);
            terminal.say("recorded: " + words(made, rules(environment)));
            any = true;
        }
        if (!any) {
            terminal.complain("nothing is recorded: " + String.join(", ", said) + " from " + material.from() + " to "
                    + material.to() + ", and it takes " + least + " of one kind");
        }
        return any ? Exit.GOOD : Exit.BAD;
    }

    private TriggerSpec.Slower rules(String environment) throws Desk.Unusable {
        return slower(desk.triggers(environment)).or(() -> slower(TriggerSet.USUAL)).orElseThrow();
    }

    private static Optional<TriggerSpec.Slower> slower(TriggerSet set) {
        return set.specs().stream().filter(TriggerSpec.Slower.class::isInstance).map(TriggerSpec.Slower.class::cast).findFirst();
    }

    private Material of(Path file) throws Desk.Unusable {
        var read = desk.records().recording(file);
        if (!read.problems().isEmpty()) {
            throw new Desk.Unusable(String.join("\n", read.problems().stream().limit(20).map(Problem::toString).toList()));
        }
        Recording recording = read.recording();
        if (recording.events().isEmpty()) {
            throw new Desk.Unusable(file + " has no events of clients");
        }
        var episodes = new Episodes();
        recording.planned().forEach(episodes::on);
        recording.events().forEach(episodes::on);
        var window = new Window(recording.first().minusNanos(1), recording.last());
        var signals = new EpisodeSignals(episodes, recording.faults());
        var times = TIMED.stream().map(scenario -> signals.returns(scenario, window)).toList();
        long clients = recording.events().stream().filter(event -> event.role() != ClientRole.PROBE)
                .map(ClientEvent::client).distinct().count();
        long cycles = episodes.all().filter(one -> one.loss().way() == Loss.Way.ON_PURPOSE).count();
        return new Material(recording.first(), recording.last(), times, "recording " + file.getFileName(),
                new Load(clients, perMinute(cycles, window.length()), Load.UNKNOWN));
    }

    private static long perMinute(long count, Duration length) {
        return Math.round(count * 60_000.0 / Math.max(1, length.toMillis()));
    }

    private Material ofRun(String environment, @Nullable String wanted) throws Desk.Unusable {
        RunEvent.RunStarted started = null;
        Instant ended = null;
        for (var entry : desk.records().entries(environment)) {
            boolean begins = entry.type().equals("RunStarted") && (wanted == null || wanted.equals(entry.run()));
            if (begins && desk.records().decode(entry) instanceof RunEvent.RunStarted beginning) {
                started = beginning;
                ended = null;
            } else if (entry.type().equals("RunEnded") && started != null && started.run().equals(entry.run())) {
                ended = entry.at();
            }
        }
        if (started == null) {
            throw new Desk.Unusable(wanted == null
                    ? "there was no run yet; name a recording with --recording or a time with --since"
                    : "there is no run " + wanted + "; lockkeeper journal list --env " + environment + " lists them");
        }
        return of(environment, new PastOptions.Range(started.at(), ended == null ? desk.now() : ended), "run " + started.run()
                + " (" + started.plan().title() + ") by " + started.actor());
    }

    private Material of(String environment, PastOptions.Range range, String command) throws Desk.Unusable {
        try (var kept = desk.records().kept(environment)) {
            var times = TIMED.stream().<List<Duration>>map(_ -> new ArrayList<>()).toList();
            long[] cycles = new long[1];
            long[] doubted = new long[1];
            kept.episodes(range.from(), range.to(), one -> {
                var took = one.took();
                int place = TIMED.indexOf(one.scenario());
                boolean back = place >= 0 && took != null && one.end() == KeptEpisode.End.BACK;
                doubted[0] += back && one.doubted() ? 1 : 0;
                if (back && took != null && !one.doubted()) {
                    times.get(place).add(took);
                }
                cycles[0] += one.loss().way() == Loss.Way.ON_PURPOSE ? 1 : 0;
            });
            if (doubted[0] > 0) {
                terminal.say("not counted: " + doubted[0] + (doubted[0] == 1 ? " return" : " returns")
                        + " while Lockkeeper itself was at fault");
            }
            return new Material(range.from(), range.to(), times, command,
                    LoadReading.of(kept, range, perMinute(cycles[0], range.length())));
        }
    }
}
