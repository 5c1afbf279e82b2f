package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRecord;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.environment.ControlsSpec;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.observer.Contact;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Moment;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerState;
import io.lockkeeper.domain.trigger.Triggers;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.Latch;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.ControlTargets;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one environment with clients of ours: takes what they meet, measures it, and asks the triggers every 10 s. It tells; it orders
/// nothing. Owned by the session's one thread, which calls [#look] at least twice a second.
public final class Watch {
    /// @param silence what a client takes to notice, at most, that nobody is there any more
    /// @param room how many events may wait for the session's thread
    /// @param targets outside the service, which tell whether the own network works
    /// @param controls how those are asked
    /// @param past what is kept of the episodes, and what is known of the time before
    /// @param probes which nodes the fleet probes
    public record Parts(ClientFleet fleet, TriggerSet triggers, Duration silence, int room, ControlTargets targets,
            ControlsSpec controls, Past past, NodeProbes.Plan probes) {
        /// Enough for all that ten thousand clients meet in some seconds.
        public static final int ROOM = 65_536;

        /// Without control targets.
        public Parts(ClientFleet fleet, TriggerSet triggers, Duration silence, Past past) {
            this(fleet, triggers, silence, ROOM, ControlTargets.NONE, ControlsSpec.NONE, past);
        }

        /// Without probes.
        public Parts(ClientFleet fleet, TriggerSet triggers, Duration silence, int room, ControlTargets targets,
                ControlsSpec controls, Past past) {
            this(fleet, triggers, silence, room, targets, controls, past, NodeProbes.Plan.NONE);
        }

        /// Without control targets and without a past.
        public Parts(ClientFleet fleet, TriggerSet triggers, Duration silence) {
            this(fleet, triggers, silence, Past.NONE);
        }
    }

    /// The session, as its watch needs it.
    ///
    /// @param who watches, in words
    /// @param mailbox runs work on the session's thread; may be called from any
    /// @param background for what blocks
    /// @param failed told once, why the clients could not be started
    public record Session(String who, Time time, Executor mailbox, Executor background, FireBook book, Consumer<String> failed) {}

    /// Writes down that a trigger fired.
    public interface FireBook {
        /// @return false when it could not be written; it is then asked again at the next evaluation
        boolean fired(TriggerSpec trigger, String evidence);
    }

    /// What else is known at this moment.
    ///
    /// @param run the open run, else the newest; `null` when there never was one
    /// @param latches what has fired and was not acknowledged, by trigger
    /// @param contacts the endpoints that are read, by the wall clock
    public record Scene(@Nullable RunState run, Fleet fleet, Map<String, Latch> latches, List<Contact> contacts) {}

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);
    static final Duration MEMORY = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofSeconds(1);
    /// Evaluations stay ten seconds apart: one waits for less than that.
    private static final Duration LONGEST_UNSURE = TriggerSpec.EVERY.minusSeconds(1);
    private static final String LATENESS = "the clients' own threads were late by more than a second";
    private static final String OVERFLOW = "more happened to the clients than this computer could take in";

    private final Session session;
    private final SteadyClock clock;
    private final Intake intake;
    private final Crew crew;
    private final Episodes episodes = new Episodes();
    private final Doubts doubts = new Doubts();
    private final SelfWatch self;
    private final WorkLog work;
    private final Past past;
    private final EpisodeLog log;
    private final ProbeWatch probes;
    private Set<String> resting = Set.of();
    private final Measurements measurements;
    private final Set<String> latched = new HashSet<>();
    private Triggers triggers;
    private Watcher watcher;
    private Instant evaluateAt;
    private Instant readAt;
    private boolean reading;
    private List<Baseline> baselines = List.of();
    private Instant countedAt;
    private @Nullable FleetReading counts;
    private ClientRecord.Frozen record = ClientRecord.Frozen.EMPTY;
    private Duration ahead = Duration.ZERO;
    private @Nullable Instant evaluatedAt;
    private @Nullable RunState run;

    public Watch(Parts parts, Session session) {
        this.session = session;
        clock = new SteadyClock(session.time());
        intake = new Intake(parts.room(), () -> session.mailbox().execute(() -> {
        }));
        crew = new Crew(parts.fleet());
        probes = new ProbeWatch(parts.probes(), parts.past());
        self = new SelfWatch(parts, session, clock, episodes, doubts);
        work = new WorkLog(episodes, parts.silence());
        past = parts.past();
        log = new EpisodeLog(episodes, past);
        measurements = new Measurements(episodes, past, clock);
        triggers = Triggers.of(parts.triggers());
        watcher = new Watcher.Starting(session.time().now());
        countedAt = session.time().now();
        readAt = clock.now();
        evaluateAt = clock.now().plus(TriggerSpec.EVERY);
    }

    /// Sends the clients on their way.
    public void start() {
        session.background().execute(() -> {
            var why = crew.start(intake);
            session.mailbox().execute(() -> why.ifPresentOrElse(this::failed, this::started));
        });
    }

    private void started() {
        watcher = new Watcher.Watching(session.who(), session.time().now());
        measurements.begin(clock.now());
        evaluateAt = clock.now().plus(TriggerSpec.EVERY).truncatedTo(ChronoUnit.SECONDS); // people read these times
    }

    private void failed(String why) {
        watcher = new Watcher.Failed(session.time().now(), why);
        session.failed().accept(why);
    }

    /// Takes in what has happened; reads, measures and evaluates when it is time for that. An error in here ends the watch and nothing else.
    ///
    /// @return whether there is news
    public boolean look(Scene scene) {
        var now = clock.now();
        boolean news = acknowledge(scene.latches(), now);
        if (watcher instanceof Watcher.Failed) {
            return news;
        }
        try {
            return look(scene, now) || news;
        } catch (RuntimeException e) {
            failed(e);
            return true;
        }
    }

    private boolean look(Scene scene, Instant now) {
        intake.drain(this::met);
        intake.dropped().ifPresent(since -> doubts.begin(Doubts.Kind.OVERFLOW, since, OVERFLOW));
        if (!watcher.watching()) {
            return false;
        }
        run = scene.run();
        work.tell(run, now, clock.ahead());
        rest(scene.fleet());
        if (!reading && !now.isBefore(readAt.plus(BETWEEN_READINGS))) {
            read(now);
        }
        self.look(scene, now, !now.isBefore(evaluateAt));
        boolean takenBack = measurements.lookBack(doubts.all(), run, countedAt, ahead);
        if (now.isBefore(evaluateAt) || (self.unsure() && now.isBefore(evaluateAt.plus(LONGEST_UNSURE)))) {
            return takenBack;
        }
        evaluate(scene, now.isBefore(evaluateAt.plus(TriggerSpec.EVERY)) ? evaluateAt : now);
        return true;
    }

    private void met(ClientEvent event) {
        episodes.on(event);
        probes.on(event);
    }

    private void rest(Fleet fleet) {
        var now = probes.resting(fleet, run, session.time().now());
        if (!now.equals(resting)) {
            resting = now;
            crew.rest(now, session.background());
        }
    }

    private void failed(RuntimeException error) {
        LOG.error("the watch ended", error);
        failed("an error of the console itself: " + error);
        session.background().execute(crew::close);
    }

    /// Somebody took note of what had fired: it begins anew.
    private boolean acknowledge(Map<String, Latch> latches, Instant now) {
        boolean news = false;
        for (var name : Set.copyOf(latched)) {
            if (!latches.containsKey(name)) {
                triggers = triggers.acknowledged(name, now);
                latched.remove(name);
                news = true;
            }
        }
        latched.addAll(latches.keySet());
        return news;
    }

    private void read(Instant asked) {
        reading = true;
        readAt = asked;
        session.background().execute(() -> {
            var read = crew.read();
            var recorded = past.baselines();
            session.mailbox().execute(() -> {
                reading = false;
                baselines = recorded;
                try {
                    read.ifPresent(next -> counted(next, asked));
                } catch (RuntimeException e) {
                    failed(e);
                }
            });
        });
    }

    private void counted(FleetReading next, Instant asked) {
        var now = clock.now();
        var before = counts;
        boolean late = late(next, before) || Duration.between(asked, now).compareTo(LATE) > 0;
        if (late) {
            doubts.add(asked.minus(BETWEEN_READINGS), now, LATENESS);
        }
        if (doubts.lasting(Doubts.Kind.OVERFLOW) && next.connected() == episodes.watched() - episodes.out()) {
            doubts.end(Doubts.Kind.OVERFLOW, now); // what was heard of the clients agrees again with what is counted
        }
        counts = next;
        countedAt = session.time().now();
        measurements.measure(now, doubts.all(), run);
        log.tell(now, doubts.all());
        probes.tell(now, doubts.all());
        record = episodes.frozen();
        ahead = Duration.between(countedAt, now);
    }

    /// The counts are of all the time since the start: only where one is worse than it was has something happened since the last.
    private static boolean late(FleetReading next, @Nullable FleetReading before) {
        var known = before == null ? FleetReading.Spread.NONE : before.lag();
        return (next.lag().p99().compareTo(LATE) > 0 && next.lag().p99().compareTo(known.p99()) > 0)
                || (next.lag().max().compareTo(LATE) > 0 && next.lag().max().compareTo(known.max()) > 0);
    }

    /// As of the moment at which it was due, so that evaluations are ten seconds apart and a time that must hold is not missed by a blink.
    private void evaluate(Scene scene, Instant now) {
        evaluateAt = now.plus(TriggerSpec.EVERY);
        forget(now.minus(MEMORY));
        var faults = doubts.all();
        var one = scene.run();
        triggers = triggers.at(new Moment(now, new EpisodeSignals(episodes, faults), faults, baselines, started(scene.fleet()),
                List.of(), one == null ? null : new RunWork(one).versions()));
        evaluatedAt = session.time().now();
        for (var state : triggers.states()) {
            if (state.phase() instanceof Phase.Fired(_, var evidence) && !latched.contains(state.spec().name())
                    && session.book().fired(state.spec(), evidence)) {
                latched.add(state.spec().name());
            }
        }
    }

    private void forget(Instant before) {
        episodes.forget(before);
        probes.forget(before);
        doubts.forget(before, episodes.since(clock.now()).filter(Episode::open).map(Episode::lostAt)
                .min(Comparator.naturalOrder()).orElse(Instant.MAX));
        work.forget(before);
    }

    private Map<String, Instant> started(Fleet fleet) {
        var started = new HashMap<String, Instant>();
        fleet.views().forEach((node, sight) -> sight.newest().map(NodeReading::startedAt)
                .ifPresent(at -> started.put(node, at.plus(clock.ahead()))));
        return started;
    }

    /// Nobody looked for so long, or the clock was set: what was seen meanwhile says nothing of the service.
    public void lookedAway(Duration gap) {
        doubts.add(clock.now().minus(gap), clock.now(), "the clock jumped, or this computer slept");
    }

    /// What a gate may ask of, as of the newest count: faults that came to light since then count at once.
    public Felt felt(TriggerRecord recorded) {
        var known = counts;
        return known == null && watcher.watching()
                ? new Felt.Nobody("clients of ours are there, and nobody has counted them yet")
                : new Felt.Watched(watcher, countedAt, ahead, known == null ? 0 : known.clients(), record, doubts.all(),
                        reading(recorded).triggers(), evaluatedAt);
    }

    /// What is remembered of clients of ours: the last hour, as of the newest count; of probes, too.
    ///
    /// @param faults of Lockkeeper itself, as they are known now
    public record Remembered(List<Episode> episodes, List<ObserverFault> faults) {
        public static final Remembered NOTHING = new Remembered(List.of(), List.of());

        public Remembered {
            episodes = List.copyOf(episodes);
            faults = List.copyOf(faults);
        }

        /// The last of them, the oldest first, as they are kept.
        public List<KeptEpisode> newest(int most) {
            var all = episodes.stream().sorted(Comparator.comparing(Episode::lostAt).thenComparing(Episode::client)).toList();
            return all.subList(Math.max(0, all.size() - most), all.size()).stream()
                    .map(episode -> KeptEpisode.of(episode, faults))
                    .toList();
        }
    }

    public Remembered remembered() {
        return new Remembered(Stream.concat(record.all(), probes.remembered()).toList(),
                ObserverFault.known(doubts.all(), clock.now()));
    }

    /// @param recorded what the journal says of triggers
    public WatchReading reading(TriggerRecord recorded) {
        var set = new TriggerSet(triggers.states().stream().map(TriggerState::spec).toList());
        var readings = recorded.all(set, spec -> phase(triggers.state(spec.name()).orElseThrow()), countedAt);
        return new WatchReading(countedAt, watcher, counts, measurements.minute(), measurements.fiveMinutes(), readings,
                watcher.watching() ? self.reading() : null).spending(measurements.spent())
                .probing(watcher.watching() ? probes.readings(doubts.all(), clock.ahead(), resting) : List.of());
    }

    private Phase phase(TriggerState state) {
        return switch (watcher) {
            case Watcher.Failed(var at, _) -> new Phase.Blind(at, watcher.words());
            case Watcher.Nobody _ -> new Phase.Blind(countedAt, watcher.words());
            case Watcher.Starting _,Watcher.Watching _ -> state.phase();
        };
    }

    /// Says goodbye for every client. Blocks for that, so not for the session's thread.
    public void close() {
        crew.close();
    }

    /// What came after the last look, the goodbyes among it, for the past. Only when nobody looks any more.
    public void tellTheRest() {
        intake.drain(this::met);
        var now = clock.now();
        while (log.tell(now, doubts.all()) || probes.tell(now, doubts.all())) {
            // they take them in parts
        }
    }
}
