package io.lockkeeper.app;

import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Decision;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.Said;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.Drill;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import io.lockkeeper.domain.run.SoakTally;
import java.util.TreeMap;

/// Commands and outcomes become events, events become durable, and only then is anything done. Owned by one thread and never blocks but
/// for the journal's own write; its only asynchrony is [Effects].
public final class Engine {
    /// What the engine tells the session that owns it.
    public interface Observer {
        /// State or journal changed.
        void changed();

        void notice(Notice.Severity severity, String words);

        /// An event is in the journal; at the start each that stands there.
        ///
        /// @param run as the event left it; `null` where it is of no run that is known
        default void recorded(RunEvent event, @Nullable RunState run) {
            // most do not want to know
        }
    }

    /// Writes the way back down for the moment when this program is dead, and says where.
    public interface WayBackKeeper {
        String keep(RunEvent.RunStarted started) throws IOException;
    }

    /// @param felt by clients of ours; asked only while a gate asks for it
    /// @param holder who owns the runs from now on, for the journal
    public record Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
            Supplier<Fleet> fleet, Supplier<Felt> felt, Supplier<Optional<MetricsReading>> metrics,
            WayBackKeeper wayBack, Observer observer, String holder) {
        /// Without numbers of other systems.
        public Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
                Supplier<Fleet> fleet, Supplier<Felt> felt, WayBackKeeper wayBack, Observer observer, String holder) {
            this(environment, journal, codec, effects, time, fleet, felt, Optional::empty, wayBack, observer, holder);
        }

        /// Nobody watches.
        public Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
                Supplier<Fleet> fleet, WayBackKeeper wayBack, Observer observer, String holder) {
            this(environment, journal, codec, effects, time, fleet, () -> Felt.NOBODY, wayBack, observer, holder);
        }
    }

    /// More rounds than this without an end would be a loop in the rules themselves.
    private static final int MOST_ROUNDS = 1_000;
    private static final Duration BETWEEN_OBSERVATIONS = Duration.ofSeconds(1);
    /// Each look at what an errand did may itself be a process.
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_CONTROL = Duration.ofSeconds(10);
    private static final Duration LONGEST_CONTROL = Duration.ofHours(12);
    private static final Duration SHORTEST_DRILL = Duration.ofSeconds(10);
    private static final Duration LONGEST_DRILL = Duration.ofHours(1);

    private final Parts parts;
    private final RunHistory history;
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Long> observedAt = new HashMap<>();
    private final Set<String> observing = new HashSet<>();
    private final Queue<Runnable> unsaved = new ArrayDeque<>();
    private boolean journalBroken;
    private int clocksSet;
    private boolean resumed;
    private boolean acting;
    private Said judged = Said.NOTHING;
    private Map<String, SoakTally> tallies = Map.of();
    private @Nullable Long lookedAt;

    /// Reads the whole journal and takes over the open run, if there is one: what an earlier start sent and never settled is unknown
    /// from here on.
    public Engine(Parts parts) throws JournalFailure {
        this(parts, true);
    }

    /// @param acting false to leave an open run where it is: commands are recorded, and only a start or a way back sets it in motion
    public Engine(Parts parts, boolean acting) throws JournalFailure {
        this.parts = parts;
        this.acting = acting;
        this.history = new RunHistory(parts.codec(), parts.observer()::recorded);
        parts.journal().read(1).forEach(history::add);
        if (acting) {
            takeOverOrWait();
        }
    }

    /// On a full disk a restarted console must still show its run and take the order to go back.
    private void takeOverOrWait() throws JournalFailure {
        try {
            takeOver();
        } catch (JournalFailure.DiskFull e) {
            journalFull(e);
        }
    }

    private void journalFull(JournalFailure e) {
        if (!journalBroken) {
            journalBroken = true;
            parts.observer().notice(Notice.Severity.ALARM, "nothing more is done until the journal can be written: " + e.why());
        }
    }

    private void takeOver() throws JournalFailure {
        var open = history.open().orElse(null);
        if (!resumed && open != null && !history.isReadOnly(open.run())) {
            append(open.run(), List.of(new RunEvent.Resumed(now(), open.incarnation() + 1, parts.holder())), true);
            if (!open.rollingBack()) {
                armWayBack(open.start()); // who was killed right after the start had no time for it
            }
        }
        resumed = true;
    }

    /// Whether it sets runs in motion, or would as soon as there is one.
    public boolean acting() {
        return acting;
    }

    public RunHistory history() {
        return history;
    }

    private Instant now() {
        return parts.time().now();
    }

    private Facts facts() {
        var known = new Facts(parts.environment(), parts.fleet().get(), now(), tallies, orderable())
                .withFired(history.latches()).withMetrics(parts.metrics().get().orElse(null));
        return history.open().filter(RunMachine::asksClients).isPresent() ? known.with(parts.felt().get()) : known;
    }

    /// How gates and soaks that are under way and ask what clients of ours felt stand now, for whoever only looks on.
    public Map<String, Reading> judged() {
        return history.open().filter(RunMachine::asksClients).map(state -> RunMachine.judged(state, facts())).orElse(Map.of());
    }

    /// Who has control now.
    public Optional<Control> control() {
        return history.control().filter(control -> control.holds(now()));
    }

    private boolean orderable() {
        var until = orderableUntil();
        return until == null || until.isAfter(now());
    }

    /// Until when orders may leave: `null` without end, where nobody has to take control, or a run goes back or is being aborted.
    public @Nullable Instant orderableUntil() {
        boolean free = !parts.environment().guards().control() || history.open().map(RunState::leaving).orElse(false);
        return free ? null : history.control().map(Control::until).orElse(Instant.MIN);
    }

    public Submitted submit(String run, Command command) {
        switch (command) {
            case Command.Start start -> {
                return start(start);
            }
            case Command.TakeControl take -> {
                return takeControl(take);
            }
            case Command.GiveBackControl(var actor) -> {
                return giveBackControl(actor);
            }
            case Command.AcknowledgeTrigger acknowledge -> {
                return acknowledge(acknowledge);
            }
            case Command.Tell(var report) -> {
                return told(report);
            }
            case Command.BeginDrill begin -> {
                return beginDrill(begin);
            }
            case Command.EndDrill(var actor) -> {
                return endDrill(actor);
            }
            default -> {
                // of one run
            }
        }
        var state = history.run(run).orElse(null);
        if (state == null) {
            return new Submitted.Refused("no run " + run + " in environment " + parts.environment().name());
        }
        if (history.isReadOnly(run)) {
            return new Submitted.Refused("run " + run + " was written by a newer release; it can only be looked at here");
        }
        var other = inOtherHands(command);
        if (other.isPresent()) {
            return new Submitted.Refused(other.get());
        }
        if (RunMachine.decide(state, command, facts()) instanceof Decision.Refused(var why)) {
            return new Submitted.Refused(why);
        }
        try {
            takeOver();
        } catch (JournalFailure first) {
            if (!urgent(command)) {
                return new Submitted.Refused(first.why());
            }
            parts.journal().releaseReserve();
            try {
                takeOver();
            } catch (JournalFailure second) {
                return new Submitted.Refused(second.why());
            }
        }
        acting |= command instanceof Command.RollBack;
        return switch (RunMachine.decide(history.run(run).orElse(state), command, facts())) {
            case Decision.Refused(var why) -> new Submitted.Refused(why);
            case Decision.Events(var events) -> take(run, command, events);
        };
    }

    private Submitted takeControl(Command.TakeControl take) {
        if (take.duration().compareTo(SHORTEST_CONTROL) < 0 || take.duration().compareTo(LONGEST_CONTROL) > 0) {
            return new Submitted.Refused("control is taken for at least 10s and at most 12h");
        }
        var other = control().filter(control -> !control.actor().equals(take.actor()));
        if (other.isPresent() && take.reason().isBlank()) {
            return new Submitted.Refused(other.get().actor() + " has control; taking it over needs a reason");
        }
        return ofEnvironment(new RunEvent.ControlTaken(now(), take.actor(), take.reason(), now().plus(take.duration())));
    }

    private Submitted giveBackControl(String actor) {
        var who = control().orElse(null);
        if (who == null) {
            return new Submitted.Refused("nobody has control");
        }
        return who.actor().equals(actor)
                ? ofEnvironment(new RunEvent.ControlGivenBack(now(), actor))
                : new Submitted.Refused(who.actor() + " has control; take it over, with a reason, before you give it back");
    }

    private Submitted acknowledge(Command.AcknowledgeTrigger command) {
        if (!history.latches().containsKey(command.trigger())) {
            var fired = history.latches().keySet();
            return new Submitted.Refused("trigger \"" + command.trigger() + "\" has not fired"
                    + (fired.isEmpty() ? "; none has" : "; what has fired: " + String.join(", ", fired)));
        }
        return command.reason().isBlank()
                ? new Submitted.Refused("say why it is all right: an acknowledgement needs a reason")
                : ofEnvironment(new RunEvent.TriggerAcknowledged(now(), command.trigger(), command.actor(), command.reason()));
    }

    private Submitted told(Report report) {
        return report.objection(parts.environment().triggers()).<Submitted>map(Submitted.Refused::new)
                .orElseGet(() -> ofEnvironment(new RunEvent.Reported(report.at(now()))));
    }

    /// Whatever fires by what people said does so at once, whoever watches or acts; also what a console that was killed did not come to.
    private void fireWhatWasSaid() {
        var all = history.triggers();
        if (!all.said().equals(judged) && !journalBroken) {
            boolean written = true;
            for (var due : all.due(parts.environment().triggers(), now()).entrySet()) {
                written &= fired(due.getKey(), due.getValue());
            }
            judged = written ? history.triggers().said() : judged;
        }
    }

    private Submitted beginDrill(Command.BeginDrill begin) {
        if (begin.duration().compareTo(SHORTEST_DRILL) < 0 || begin.duration().compareTo(LONGEST_DRILL) > 0) {
            return new Submitted.Refused("a drill lasts at least 10s and at most 1h");
        }
        var other = drill().map(one -> "a drill by " + one.actor() + " goes on until " + one.until());
        return other.<Submitted>map(Submitted.Refused::new).orElseGet(() -> ofEnvironment(
                new RunEvent.DrillBegan(now(), begin.actor(), begin.reason(), now().plus(begin.duration()))));
    }

    private Submitted endDrill(String actor) {
        return drill().isEmpty()
                ? new Submitted.Refused("there is no drill")
                : ofEnvironment(new RunEvent.DrillEnded(now(), actor));
    }

    /// What goes on now.
    public Optional<Drill> drill() {
        return history.drill().filter(drill -> drill.lasts(now()));
    }

    /// Writes down that a trigger fired and says so once; what follows from it is for people.
    ///
    /// @return whether it was written
    public boolean fired(TriggerSpec trigger, String evidence) {
        try {
            append(null, List.of(new RunEvent.TriggerFired(now(), trigger.name(), evidence)), true);
            parts.observer().notice(trigger.action() == Action.WARN ? Notice.Severity.WARNING : Notice.Severity.ALARM,
                    "trigger " + trigger.name() + " fired and " + trigger.action().words() + ": " + evidence);
            return true;
        } catch (JournalFailure e) {
            journalFull(e);
            return false;
        }
    }

    /// Somebody else has control: what needs it is theirs to order.
    private Optional<String> inOtherHands(Command command) {
        return orderableUntil() == null || !RunMachine.needsControl(command)
                ? Optional.empty()
                : control().map(Control::actor).filter(who -> !who.equals(command.actor()))
                        .map(who -> who + " has control of " + parts.environment().name() + ": take it over, with a reason");
    }

    private Submitted ofEnvironment(RunEvent event) {
        try {
            append(null, List.of(event), true);
            look();
            return new Submitted.Taken(history.lastSeq());
        } catch (JournalFailure e) {
            return new Submitted.Refused(e.why());
        }
    }

    private Submitted start(Command.Start start) {
        var open = history.open().orElse(null);
        if (open != null) {
            return new Submitted.Refused("run " + open.run() + " is open; one run at a time in an environment");
        }
        if (history.run(start.run()).isPresent()) {
            return new Submitted.Refused("a run " + start.run() + " exists already");
        }
        if (!orderable()) {
            return new Submitted.Refused("nobody has control of " + parts.environment().name() + ": take control first");
        }
        var other = inOtherHands(start);
        if (other.isPresent()) {
            return new Submitted.Refused(other.get());
        }
        if (!start.environmentHash().equals(parts.environment().hash())) {
            return new Submitted.Refused("the environment file changed between preparing and starting; prepare the run again");
        }
        var started = RunMachine.start(start, now());
        try {
            append(start.run(), List.of(started, new RunEvent.Resumed(now(), 1, parts.holder())), true);
        } catch (JournalFailure e) {
            return new Submitted.Refused("nothing was started: " + e.why());
        }
        long taken = history.lastSeq();
        resumed = true;
        acting = true;
        armWayBack(started);
        look();
        return new Submitted.Taken(taken);
    }

    private void armWayBack(RunEvent.RunStarted started) {
        if (started.wayBack() == null) {
            return;
        }
        try {
            var file = parts.wayBack().keep(started);
            parts.observer().notice(Notice.Severity.NEWS, "the way back is armed and written down in " + file);
        } catch (IOException e) {
            record(started.run(), List.of(new RunEvent.Held(now(), "lockkeeper",
                    "the way back could not be written down: " + e.getMessage() + "; mend that, or continue without the file")));
        }
    }

    private static boolean urgent(Command command) {
        return command instanceof Command.RollBack || command instanceof Command.Hold || command instanceof Command.Abort;
    }

    private Submitted take(String run, Command command, List<RunEvent> events) {
        try {
            append(run, events, command instanceof Command.RollBack || command instanceof Command.Abort);
        } catch (JournalFailure first) {
            if (!urgent(command)) {
                return new Submitted.Refused(first.why());
            }
            parts.journal().releaseReserve();
            try {
                append(run, events, false);
            } catch (JournalFailure second) {
                return new Submitted.Refused(second.why());
            }
        }
        long taken = history.lastSeq();
        look();
        return new Submitted.Taken(taken);
    }

    /// Records versions as known good on a person's word.
    public Submitted setKnownGood(String actor, Map<String, String> versions) {
        try {
            append(null, List.of(new RunEvent.KnownGoodSet(now(), actor, versions)), true);
            return new Submitted.Taken(history.lastSeq());
        } catch (JournalFailure e) {
            return new Submitted.Refused(e.why());
        }
    }

    /// New facts, or time has passed: everything that follows from that happens now.
    public void look() {
        saveWhatIsUnsaved();
        fireWhatWasSaid();
        if (acting && !resumed && !resumeNow()) {
            return;
        }
        var open = history.open().orElse(null);
        if (open == null || !acting || history.isReadOnly(open.run()) || journalBroken) {
            return;
        }
        noticeGap(open);
        var seen = facts();
        tallies = RunMachine.tallies(history.run(open.run()).orElse(open), seen);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var state = history.run(open.run()).orElse(open);
            var events = RunMachine.look(state, seen.with(tallies));
            if (events.isEmpty() || !record(open.run(), events)) {
                break;
            }
        }
        history.run(open.run()).ifPresent(this::act);
    }

    private void noticeGap(RunState state) {
        long now = parts.time().ticks();
        var before = lookedAt;
        lookedAt = now;
        if (before != null) {
            RunMachine.lookedAway(state, Duration.ofNanos(now - before), now())
                    .ifPresent(event -> record(state.run(), List.of(event)));
        }
    }

    /// What is journalled now is not counted again.
    private void settleTallies(List<RunEvent> events) {
        var next = new TreeMap<>(tallies);
        for (var event : events) {
            switch (event) {
                case RunEvent.SoakEvidence(_, var path, _, var to, _, _) ->
                    next.computeIfPresent(path, (_, tally) -> tally.after(to));
                case RunEvent.SoakPaused(_, var path, _, _) -> next.remove(path);
                case RunEvent.ClockJumped _,RunEvent.LookedAway _ -> next.clear();
                default -> {
                    // not of a soak
                }
            }
        }
        tallies = next;
    }

    private boolean resumeNow() {
        try {
            takeOver();
            return true;
        } catch (JournalFailure e) {
            journalFull(e);
            return false;
        }
    }

    private void act(RunState state) {
        for (var op : RunMachine.due(state)) {
            if (sent.add(op.id())) {
                parts.effects().start(op, outcome -> settled(state.run(), op, outcome));
            }
        }
        for (var op : RunMachine.toObserve(state)) {
            long now = parts.time().ticks();
            var before = observedAt.get(op.id());
            var pause = op.order() instanceof Order.Errand ? BETWEEN_ASKING : BETWEEN_OBSERVATIONS;
            boolean soon = before != null && now - before < pause.toNanos();
            if (!soon && state.open() && observing.add(op.id())) {
                int clock = clocksSet;
                parts.effects().observe(op, settlement -> observed(state.run(), op, clock, settlement));
            }
        }
    }

    private void settled(String run, Op op, Outcome outcome) {
        var state = history.run(run).orElseThrow();
        var known = state.ops().get(op.id());
        boolean late = !state.open() || known == null || !known.undecided();
        keep(run, late ? new RunEvent.LateReply(now(), op.id(), outcome) : new RunEvent.OpSettled(now(), op.id(), outcome));
        look();
    }

    private void observed(String run, Op op, int clock, Settlement settlement) {
        observing.remove(op.id());
        observedAt.put(op.id(), parts.time().ticks());
        var state = history.run(run).orElseThrow();
        var known = state.ops().get(op.id());
        boolean news = known != null && known.undecided() && clock == clocksSet // begun before the clock was set, it counted wrongly
                && !(settlement instanceof Settlement.Open(var why) && why.equals(known.words()));
        if (news && state.open()) {
            keep(run, new RunEvent.OpObserved(now(), op.id(), settlement, null));
        }
        look();
    }

    /// An outcome must not be lost because the disk is full: it is kept and written as soon as that is possible.
    private void keep(String run, RunEvent event) {
        if (journalBroken || !record(run, List.of(event))) {
            unsaved.add(() -> record(run, List.of(event)));
        }
    }

    /// Also when a command has found room meanwhile: an outcome that is never written would leave its order pending for ever.
    private void saveWhatIsUnsaved() {
        journalBroken = false;
        while (!journalBroken && !unsaved.isEmpty()) {
            unsaved.peek().run();
            if (!journalBroken) {
                unsaved.remove();
            }
        }
    }

    /// Wall time jumped, the machine slept, or nobody looked for so long.
    public void clockJumped(Duration by) {
        clocksSet++;
        parts.observer().notice(Notice.Severity.WARNING,
                "the clock jumped, or this computer slept, by " + by.toSeconds() + " s: everything that must hold starts again");
        history.open().filter(_ -> acting).ifPresent(state -> keep(state.run(), new RunEvent.ClockJumped(now(), by)));
    }

    public Optional<Instant> wakeAt() {
        return history.open().flatMap(state -> RunMachine.wakeAt(state, now()));
    }

    /// Until when nothing can follow but that soaks count time, as long as everything stays as it is; empty where more is under way.
    public Optional<Instant> countsUntil() {
        return history.open().flatMap(state -> RunMachine.countsUntil(state, tallies));
    }

    /// For a model whose every reading is known without being read: each look until now would have seen what the last one saw, with a
    /// new reading in each `period`. Nobody can say that of real endpoints.
    public void sawNothingElse(Duration period) {
        lookedAt = parts.time().ticks();
        var evidence = RunMachine.evidenceUntil(tallies, now(), period);
        if (!evidence.isEmpty()) {
            history.open().ifPresent(state -> record(state.run(), evidence));
        }
        tallies = RunMachine.through(tallies, now(), period);
    }

    private boolean record(String run, List<RunEvent> events) {
        try {
            append(run, events, events.stream().anyMatch(event -> event instanceof RunEvent.RunEnded));
            return true;
        } catch (JournalFailure e) {
            if (history.run(run).map(RunState::rollingBack).orElse(false) && !journalBroken) {
                parts.journal().releaseReserve();
            }
            journalBroken = true;
            parts.observer().notice(Notice.Severity.ALARM, "nothing more is done until the journal can be written: " + e.why());
            return false;
        }
    }

    private void append(@Nullable String run, List<RunEvent> events, boolean anchor) throws JournalFailure {
        var drafts = events.stream().map(event -> {
            var encoded = parts.codec().encode(event);
            return new Draft(event.at(), run, encoded.type(), encoded.version(), encoded.body());
        }).toList();
        parts.journal().append(drafts, anchor).forEach(history::add);
        settleTallies(events);
        journalBroken = false;
        parts.observer().changed();
    }
}
