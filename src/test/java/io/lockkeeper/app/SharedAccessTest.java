package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.watch.FakeFleet;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One environment, several that hold it one after the other: one journal, one door, one service, everything else is each one's own.
@Timeout(30)
class SharedAccessTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final MemoryJournal journal = new MemoryJournal();
    private final PassingEvents codec = new PassingEvents();
    private final MemoryDoorway doorway = new MemoryDoorway();
    private final CalmService service = new CalmService();
    private final AtomicReference<@Nullable EnvironmentSession> owner = new AtomicReference<>();
    private Watch.@Nullable Parts watch;
    private final Deque<SharedAccess> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() {
        service.answers.countDown();
        doorway.die();
        opened.forEach(SharedAccess::close);
    }

    private SharedAccess open(String holder, Environment environment) throws Exception {
        var access = new SharedAccess(new SharedAccess.Parts(environment, () -> hold(holder, environment), doorway, codec,
                new RealTime(), "test"));
        opened.push(access);
        return access;
    }

    private SharedAccess open(String holder) throws Exception {
        return open(holder, Trial.ENVIRONMENT);
    }

    private synchronized EnvironmentSession hold(String holder, Environment environment) throws JournalFailure {
        if (owner.get() != null) {
            throw new JournalFailure.Held("another process (pid 4711) holds this environment", 4711);
        }
        var session = new EnvironmentSession(new EnvironmentSession.Parts(environment, service.endpoints(), journal, codec,
                new RealTime(), started -> "wayback-" + started.run(), () -> 0.5, holder, "kim", watch));
        owner.set(session);
        return session;
    }

    /// As when the process is killed: its conversations end, nothing of it acts any more, the lock is free.
    private void kill() {
        doorway.die();
        Objects.requireNonNull(owner.get()).close();
        owner.set(null);
    }

    private static Step.Checklist tick(String path) {
        return new Step.Checklist(path, path, List.of(new Step.Item("yes", "Yes?", null, null)));
    }

    private static Command.Start start() {
        var enable = new Step.Action("on", "Enable ws-1", Verb.ENABLE, "ws-1", null, null, null, Duration.ofSeconds(60), null);
        return new Command.Start("kim", "r-1", "", "text", "hash",
                new Plan("on", "On", List.of(tick("before"), enable, tick("after"))),
                null, Map.of(), null, Map.of(), List.of(), false, "hash", "test", "nonce");
    }

    private static void take(EnvironmentAccess access, Command command) throws InterruptedException {
        assertThat(access.submit("r-1", command)).isInstanceOf(Submitted.Taken.class);
    }

    private static void until(EnvironmentAccess access, Predicate<RunState> there) {
        await().atMost(LIMIT).until(() -> {
            var run = access.snapshot().run();
            return run != null && there.test(run);
        });
    }

    private static Predicate<RunState> isIn(String path, StepState state) {
        return run -> run.step(path).state() == state;
    }

    private static List<RunEvent.Resumed> resumptions(Snapshot snapshot) {
        return snapshot.events().stream().map(Recorded::event).filter(RunEvent.Resumed.class::isInstance)
                .map(RunEvent.Resumed.class::cast).toList();
    }

    @Test
    void aFollowerIsToldWhatTheHolderRemembersOfClients() throws Exception {
        service.answers.countDown();
        var fleet = new FakeFleet();
        fleet.connected.set(10);
        watch = new Watch.Parts(fleet, TriggerSet.USUAL, Duration.ofSeconds(15));
        open("window");
        var follower = open("terminal");
        assertThat(follower.remembered()).isEmpty();
        await().atMost(LIMIT).until(() -> fleet.listener != null);
        var at = Instant.now();
        var to = Objects.requireNonNull(fleet.listener);
        to.accept(new ClientEvent.Opened("s-1", ClientRole.SENTINEL, at, "ws-1", "v1"));
        to.accept(new ClientEvent.Lost("s-1", ClientRole.SENTINEL, at.plusMillis(1), Loss.closed(1012)));
        await().atMost(LIMIT).until(() -> follower.remembered().stream()
                .anyMatch(one -> one.client().equals("s-1") && one.fromNode().equals("ws-1")));
    }

    @Test
    @Promise(4)
    void whenTheHolderDiesItsFollowerBecomesTheHolderAndTheRunGoesOnWithoutASecondOrder() throws Exception {
        service.admin.put("ws-1", AdminState.DRAINED);
        var holder = open("window");
        var follower = open("terminal");
        Collection<Boolean> following = new CopyOnWriteArrayList<>();
        Collection<LinkState> whileNobodyHolds = new CopyOnWriteArrayList<>();
        follower.watch(snapshot -> {
            following.add(snapshot.following());
            if (snapshot.holder().endsWith(", gone")) {
                snapshot.links().forEach(link -> whileNobodyHolds.add(link.state()));
            }
        });
        await().atMost(LIMIT).until(() -> !holder.snapshot().fleet().nodes().isEmpty()
                && holder.snapshot().fleet().balancers().values().stream().allMatch(sight -> sight.readAt().isPresent())
                && holder.snapshot().fleet().views().values().stream().allMatch(sight -> sight.readAt().isPresent()));
        take(holder, start());
        take(follower, new Command.Tick("ada", "before", "yes", ""));
        await().atMost(LIMIT).until(() -> service.received.size() == 1);

        kill();
        await().atMost(LIMIT).until(() -> follower.snapshot().holder().equals("terminal"));
        until(follower, isIn("after", StepState.AWAITING_PERSON));
        take(follower, new Command.Tick("ada", "after", "yes", ""));
        until(follower, run -> !run.open());

        var snapshot = follower.snapshot();
        assertThat(Objects.requireNonNull(Objects.requireNonNull(snapshot.run()).ended()).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(resumptions(snapshot)).extracting(RunEvent.Resumed::holder).containsExactly("window", "terminal");
        assertThat(service.received).containsExactly("r-1/on/ws-1@edge/enable/1");
        assertThat(following).contains(false).last().isEqualTo(true);
        assertThat(whileNobodyHolds).isNotEmpty().noneMatch(LinkState.Live.class::isInstance);
    }

    @Test
    void ofTwoFollowersOneTakesOverAndTheOtherFollowsThatOne() throws Exception {
        open("window");
        var one = open("one");
        var two = open("two");
        kill();
        await().atMost(LIMIT).until(() -> List.of("one", "two").contains(one.snapshot().holder()) && one.snapshot().following()
                && two.snapshot().holder().equals(one.snapshot().holder()) && two.snapshot().following());
        take(one, start());
        take(two, new Command.Hold("ada", "wait"));
        until(one, run -> run.held() != null);
        until(two, run -> run.held() != null);
    }

    @Test
    void whoHasAnotherFileForTheSameEnvironmentIsToldSoAndDoesNotFollow() throws Exception {
        var holder = open("window");
        var mine = Trial.ENVIRONMENT;
        var other = new Environment(mine.name(), mine.tier(), "another hash", mine.nodes(), mine.balancers(), mine.versions(),
                mine.floor(), mine.capabilities(), mine.closeCode());
        assertThatThrownBy(() -> open("terminal", other)).isInstanceOf(JournalFailure.class)
                .isNotInstanceOf(JournalFailure.Held.class)
                .hasMessage("pid " + ProcessHandle.current().pid()
                        + " holds the environment with another version of its file; use the"
                        + " same file, or end that process");
        assertThat(holder.snapshot().following()).isTrue();
        take(holder, start());
    }

    @Test
    void whoeverFollowsSeesWhoHasControlAndCanTakeItToo() throws Exception {
        var guarded = GuardedRun.environment(List.of(), true);
        var holder = open("window", guarded);
        var follower = open("terminal", guarded);
        assertThat(follower.submit("r-1", start())).isEqualTo(
                new Submitted.Refused("nobody has control of sim: take control first"));
        take(follower, new Command.TakeControl("kim", "ticket 1", Duration.ofHours(1)));
        await().atMost(LIMIT).until(() -> holder.snapshot().control() != null && follower.snapshot().control() != null);
        assertThat(follower.snapshot().control()).isEqualTo(holder.snapshot().control())
                .isNotNull().satisfies(control -> assertThat(control.actor()).isEqualTo("kim"));
        take(holder, new Command.GiveBackControl("kim"));
        await().atMost(LIMIT).until(() -> follower.snapshot().control() == null);
    }

    private static WatchReading watch(EnvironmentAccess access) {
        return Objects.requireNonNull(access.snapshot().watch());
    }

    @Test
    @Promise(4)
    void aFollowerReportsThroughTheHolderAndGoesByItWhenThatOneDies() throws Exception {
        open("window");
        var follower = open("terminal");
        assertThat(follower.submit("", new Command.Tell(new Report.Voted(Instant.EPOCH, "kim", "it is bad", true))))
                .isInstanceOf(Submitted.Taken.class);
        kill();
        await().atMost(LIMIT).until(() -> follower.snapshot().following() && follower.snapshot().holder().equals("terminal"));
        assertThat(follower.submit("", new Command.Tell(new Report.Voted(Instant.EPOCH, "bob", "it is", true))))
                .isInstanceOf(Submitted.Taken.class);
        await().atMost(LIMIT).until(() -> follower.snapshot().watch() != null && !watch(follower).fired().isEmpty());
        assertThat(watch(follower).fired().getFirst().words())
                .isEqualTo("FIRED 2 of 2 votes, 0 against: kim: it is bad; bob: it is");
    }

    @Test
    void aFollowerThatDoesNotReadStopsNeitherTheHolderNorTheOthers() throws Exception {
        service.answers.countDown();
        service.admin.put("ws-1", AdminState.DRAINED);
        var holder = open("window");
        var follower = open("terminal");
        try (var _ = doorway.call()) {
            take(holder, start());
            await().atMost(LIMIT).until(doorway::isStuck);
            take(follower, new Command.Tick("ada", "before", "yes", ""));
            until(follower, isIn("after", StepState.AWAITING_PERSON));
            take(follower, new Command.Tick("ada", "after", "yes", ""));
            until(follower, run -> !run.open());
            until(holder, run -> !run.open());
        }
    }

    @Test
    void aHolderThatIsThereAndDoesNotAnswerIsNamedInsteadOfWaitedForWithoutEnd() throws Exception {
        open("window");
        doorway.die();
        assertThatThrownBy(() -> open("terminal")).isInstanceOf(JournalFailure.class).hasMessageContaining("(pid 4711)")
                .hasMessageContaining("it does not answer. End it, or wait until it has ended");
    }

    @Test
    @Promise(1)
    void whoOnlyLooksMovesNoRunAndWhatIsOrderedThereIsRecorded() throws Exception {
        service.answers.countDown();
        service.admin.put("ws-1", AdminState.DRAINED);
        take(open("window"), start());
        kill();
        var looking = new EnvironmentSession(
                new EnvironmentSession.Parts(Trial.ENVIRONMENT, service.endpoints(), journal, codec,
                        new RealTime(), started -> "wayback-" + started.run(), () -> 0.5, "status", "kim"),
                false);
        assertThat(resumptions(looking.snapshot())).extracting(RunEvent.Resumed::holder).containsExactly("window");
        assertThat(looking.submit("r-1", new Command.Continue("ada"))).isInstanceOf(Submitted.Refused.class);
        take(looking, new Command.Tick("ada", "before", "yes", ""));
        looking.close();
        assertThat(Objects.requireNonNull(looking.snapshot().run()).ops()).isEmpty();
        assertThat(resumptions(looking.snapshot())).extracting(RunEvent.Resumed::holder).containsExactly("window", "status");

        var next = open("terminal");
        until(next, isIn("after", StepState.AWAITING_PERSON));
        assertThat(service.received).containsExactly("r-1/on/ws-1@edge/enable/1");
    }
}
