package io.lockkeeper.app;

import io.lockkeeper.app.signals.HistoryFeed;
import io.lockkeeper.app.metrics.MetricsBoard;
import io.lockkeeper.app.metrics.MetricsParts;
import io.lockkeeper.app.notify.Notifications;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.RunEvents;
import io.lockkeeper.port.SignalStore;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The holder of one environment: one mailbox, one writing thread, one snapshot. It owns the journal, the engine and the links.
public final class EnvironmentSession implements EnvironmentAccess {
    /// @param holder who this is, in words, e.g. `window (pid 4711)`
    /// @param actor who is responsible where an op names nobody else
    /// @param dice random numbers from 0 to 1 for the links' jitter
    /// @param wayBack writes the way back down
    /// @param watch clients of ours that watch the service from when this session acts until it is closed; `null` for none
    /// @param history keeps what is read and measured while this session acts; `null` where nobody does; closed with the session
    /// @param metrics systems that keep numbers of the service; `null` for none
    /// @param channels ways to people who look at no console; `null` for none
    public record Parts(Environment environment, Endpoints endpoints, Journal journal, RunEvents codec, Time time,
            Engine.WayBackKeeper wayBack, DoubleSupplier dice, String holder, String actor, Watch.@Nullable Parts watch,
            @Nullable SignalStore history, @Nullable MetricsParts metrics, Notifications.@Nullable Parts channels) {
        /// Nobody is told anything.
        public Parts(Environment environment, Endpoints endpoints, Journal journal, RunEvents codec, Time time,
                Engine.WayBackKeeper wayBack, DoubleSupplier dice, String holder, String actor, Watch.@Nullable Parts watch,
                @Nullable SignalStore history, @Nullable MetricsParts metrics) {
            this(environment, endpoints, journal, codec, time, wayBack, dice, holder, actor, watch, history, metrics, null);
        }

        /// Nothing is kept, and there are no metrics.
        public Parts(Environment environment, Endpoints endpoints, Journal journal, RunEvents codec, Time time,
                Engine.WayBackKeeper wayBack, DoubleSupplier dice, String holder, String actor, Watch.@Nullable Parts watch) {
            this(environment, endpoints, journal, codec, time, wayBack, dice, holder, actor, watch, null, null);
        }

        /// Nobody watches.
        public Parts(Environment environment, Endpoints endpoints, Journal journal, RunEvents codec, Time time,
                Engine.WayBackKeeper wayBack, DoubleSupplier dice, String holder, String actor) {
            this(environment, endpoints, journal, codec, time, wayBack, dice, holder, actor, null, null, null);
        }
    }

    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);
    private static final Duration BETWEEN_SNAPSHOTS = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Parts parts;
    private final Mailbox mailbox = new Mailbox();
    private final ClockWatch clock;
    private final Notices notices = new Notices();
    private final Watchers watchers = new Watchers();
    private final FleetBoard board;
    /// `null` where the environment has no metrics. Used by the session's thread alone.
    private final @Nullable MetricsBoard metrics;
    private final OpPerformer performer;
    private final Links links;
    private final Engine engine;
    /// Changed by the session's thread alone; `null` until it acts, and where the environment has no clients.
    private volatile @Nullable Watch watch;
    private final @Nullable HistoryFeed feed;
    private final @Nullable Notifications notifications;
    private final Thread thread;
    private volatile Snapshot snapshot;
    private volatile boolean closed;
    /// `null` where orders may always leave.
    private volatile @Nullable Instant orderableUntil = Instant.MIN;
    private boolean changed = true;
    private boolean rollingBack;
    private long publishedAt;

    /// Takes the environment over from its journal and begins to read every endpoint.
    public EnvironmentSession(Parts parts) throws JournalFailure {
        this(parts, true);
    }

    /// @param acting false to leave an open run where it is, see [Engine]
    public EnvironmentSession(Parts parts, boolean acting) throws JournalFailure {
        this.parts = parts;
        parts.journal().notice().ifPresent(words -> notice(Notice.Severity.WARNING, words));
        this.board = new FleetBoard(parts.environment(), parts.time().now(), words -> notice(Notice.Severity.WARNING, words));
        this.performer = new OpPerformer(new ControlledPorts(this::objection).of(parts.endpoints()), parts.time());
        this.links = new Links(parts.endpoints(), parts.environment().nodeNames(), change -> post(() -> change.accept(board)),
                parts.time(),
                parts.dice());
        this.metrics = metrics(parts);
        this.notifications = parts.channels() == null
                ? null
                : new Notifications(parts.environment(), parts.channels(), parts.time(), parts.dice());
        Supplier<String> reason = this::openReason;
        var effects = new SessionEffects(performer, this::post, links::now, _ -> reason.get(), parts.actor(),
                this::whatTheEngineKnowsOfControl);
        this.engine = new Engine(
                new Engine.Parts(parts.environment(), parts.journal(), parts.codec(), effects, parts.time(), board::fleet,
                        this::felt, this::numbers, parts.wayBack(), new ForEngine(), parts.holder()),
                acting);
        this.orderableUntil = engine.orderableUntil();
        this.feed = parts.history() == null ? null : new HistoryFeed(parts.history());
        this.clock = new ClockWatch(parts.time(), LONGEST_SLEEP);
        this.snapshot = assemble();
        this.thread = Thread.ofVirtual().name("session " + parts.environment().name()).start(this::work);
        links.start();
    }

    private @Nullable MetricsBoard metrics(Parts with) {
        var own = with.metrics();
        if (own == null) {
            return null;
        }
        var numbers = new MetricsBoard(own, with.environment().nodeNames(), words -> notice(Notice.Severity.WARNING, words));
        own.pages().forEach(page -> links.add(page, new PagePoll(page, numbers, this::post)));
        return numbers;
    }

    private final class ForEngine implements Engine.Observer {
        @Override
        public void changed() {
            changed = true;
        }

        @Override
        public void notice(Notice.Severity severity, String words) {
            EnvironmentSession.this.notice(severity, words);
        }

        @Override
        public void recorded(RunEvent event, @Nullable RunState run) {
            Optional.ofNullable(notifications).ifPresent(telling -> telling.recorded(event, run));
        }
    }

    private void notice(Notice.Severity severity, String words) {
        notices.add(parts.time().now(), severity, words);
        changed = true;
    }

    /// Before anything is sent: an order that follows from *take control* or from *roll back* must not meet what was true before it.
    private void whatTheEngineKnowsOfControl() {
        orderableUntil = engine.orderableUntil();
    }

    /// What speaks against sending anything now, as the thread that owns the engine knew last.
    private Optional<String> objection() {
        var until = orderableUntil;
        return until == null || until.isAfter(parts.time().now())
                ? Optional.empty()
                : Optional.of("nobody has control of " + parts.environment().name() + "; it is read-only");
    }

    private String openReason() {
        return snapshot.run() == null ? "" : snapshot.run().start().reason();
    }

    private void post(Runnable work) {
        mailbox.post(work);
    }

    private void work() {
        try {
            while (!closed) {
                var first = mailbox.next(sleep());
                clock.look().ifPresent(this::nobodyLooked);
                if (first != null) {
                    first.run();
                    mailbox.doAll();
                    changed = true;
                }
                orderableUntil = engine.orderableUntil();
                engine.look();
                orderableUntil = engine.orderableUntil();
                readForTheWayBack();
                lookAfterTheWatch();
                tell();
                publish();
                keepHistory();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first orders of a way back wait for readings that are newer than it: those are not left to the links' own rhythm.
    private void readForTheWayBack() {
        boolean before = rollingBack;
        rollingBack = engine.history().open().map(RunState::rollingBack).orElse(false);
        if (rollingBack && !before) {
            links.now();
        }
    }

    private void lookAfterTheWatch() {
        var mine = watch;
        var with = parts.watch();
        if (mine == null && with != null && engine.acting()) {
            mine = new Watch(with, new Watch.Session(parts.holder(), parts.time(), this::post,
                    work -> Thread.ofVirtual().name("watch " + parts.environment().name()).start(work), engine::fired,
                    why -> notice(Notice.Severity.ALARM,
                            "nobody watches the service: " + why)));
            watch = mine;
            mine.start();
            changed = true;
        }
        if (mine != null) {
            var history = engine.history();
            changed |= mine
                    .look(new Watch.Scene(history.current().orElse(null), board.fleet(), history.latches(), links.contacts()));
        }
    }

    private void tell() {
        var telling = notifications;
        if (telling != null) {
            telling.look(engine.history().current().orElse(null), snapshot.watch())
                    .forEach(words -> notice(Notice.Severity.WARNING, words));
            changed |= telling.hasChanged();
        }
    }

    private void keepHistory() {
        var now = parts.time().now();
        var keeping = feed;
        if (keeping != null && engine.acting() && keeping.due(now)) {
            keeping.add(now, changed ? assemble() : snapshot); // what was published last may have been taken back since
            keeping.news().ifPresent(words -> notice(Notice.Severity.WARNING, words));
        }
    }

    private Duration sleep() {
        var now = parts.time().now();
        var wake = engine.wakeAt().map(at -> Duration.between(now, at).plusMillis(1))
                .filter(left -> left.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        var unpublished = changed && wake.compareTo(BETWEEN_SNAPSHOTS) > 0 ? BETWEEN_SNAPSHOTS : wake;
        return unpublished.isPositive() ? unpublished : Duration.ofMillis(1);
    }

    private void nobodyLooked(ClockWatch.Jump jump) {
        engine.clockJumped(jump.by());
        Optional.ofNullable(watch).ifPresent(mine -> mine.lookedAway(jump.away()));
        links.now(); // one that waits for a time on the old clock would wait for hours
    }

    private void publish() {
        long now = parts.time().ticks();
        if (changed && now - publishedAt >= BETWEEN_SNAPSHOTS.toNanos()) {
            changed = false;
            publishedAt = now;
            snapshot = assemble();
            watchers.publish(snapshot);
        }
    }

    private Snapshot assemble() {
        var history = engine.history();
        var run = history.current().orElse(null);
        return new Snapshot(parts.time().now(), parts.holder(), !closed, board.fleet(), links.views(), run,
                run == null ? List.of() : history.events(run.run()), history.summaries(), history.knownGood().orElse(null),
                engine.control().orElse(null),
                notices.list(), watching(), feed == null || !engine.acting() ? null : feed.state().words(),
                engine.drill().orElse(null), numbers().orElse(null),
                notifications == null ? List.of() : notifications.readings());
    }

    private Optional<MetricsReading> numbers() {
        return Optional.ofNullable(metrics).map(board -> board.reading(parts.time().now()));
    }

    /// Also asked while the engine is being made: nobody watches then.
    private Felt felt() {
        var mine = watch;
        return mine == null ? Felt.NOBODY : mine.felt(engine.history().triggers());
    }

    private WatchReading watching() {
        var recorded = engine.history().triggers();
        var mine = watch;
        var read = mine != null && !closed
                ? mine.reading(recorded)
                : WatchReading.nobody(parts.time().now(), "this console has no clients of its own", recorded,
                        parts.environment().triggers());
        return read.judging(engine.judged());
    }

    @Override
    public Environment environment() {
        return parts.environment();
    }

    @Override
    public Submitted submit(String run, Command command) throws InterruptedException {
        return ask(() -> engine.submit(run, command));
    }

    @Override
    public Submitted setKnownGood(String actor, Map<String, String> versions) throws InterruptedException {
        return ask(() -> engine.setKnownGood(actor, versions));
    }

    /// Copied on the session's thread, and put into words on the caller's.
    @Override
    public List<KeptEpisode> remembered() throws Unavailable, InterruptedException {
        if (closed) {
            throw new Unavailable("this session is closed");
        }
        return mailbox.copy(() -> Optional.ofNullable(watch).map(Watch::remembered).orElse(Watch.Remembered.NOTHING), ANSWER)
                .newest(MOST_EPISODES);
    }

    private Submitted ask(Supplier<Submitted> work) throws InterruptedException {
        return closed ? new Submitted.Refused("this session is closed") : mailbox.ask(work);
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Watching watch(Consumer<Snapshot> watcher) {
        return watchers.add(watcher, snapshot);
    }

    @Override
    public List<Entry> entries(long fromSeq) throws Unavailable {
        try {
            return parts.journal().read(fromSeq);
        } catch (JournalFailure e) {
            throw new Unavailable(e.why());
        }
    }

    @Override
    public List<Recorded> events(String run) throws Unavailable {
        return RunHistory.events(run, entries(1), parts.codec());
    }

    @Override
    public List<String> logTail(String node, int lines) throws Unavailable, InterruptedException {
        try {
            return parts.endpoints().lifecycle().logTail(node, lines, Duration.ofSeconds(5)).lines().toList();
        } catch (LinkFault e) {
            throw new Unavailable(e.why());
        }
    }

    /// Stops reading and acting; calls in flight become unknown for whoever takes over.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        post(() -> {
        });
        performer.close();
        links.stop();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Optional.ofNullable(watch).ifPresent(mine -> {
            mine.close();
            if (!thread.isAlive()) {
                mine.tellTheRest();
            }
        });
        Optional.ofNullable(notifications).ifPresent(Notifications::close);
        Optional.ofNullable(parts.history()).ifPresent(SignalStore::close);
        parts.journal().close();
        snapshot = assemble();
        watchers.publish(snapshot);
    }
}
