package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.history.HistoryState;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.port.SignalStore;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.app.watch.FakeFleet;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session with clients of ours, and one that follows the console that had it.
@Timeout(60)
class WatchedSessionTest {
    private static final Instant THEN = Instant.parse("2026-11-24T03:00:00Z");

    private final MemoryJournal journal = new MemoryJournal();
    private final PassingEvents codec = new PassingEvents();
    private final CalmService service = new CalmService();
    private final FakeHistory history = new FakeHistory();
    private @Nullable EnvironmentSession session;

    /// A history that has just lost something.
    private static final class FakeHistory implements SignalStore {
        private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        @Override
        public boolean add(Instant now, List<Sample> some, List<KeptEpisode> episodes) {
            samples.addAll(some);
            return true;
        }

        @Override
        public boolean retract(Instant now, Set<String> signals, Instant from, Instant to) {
            return true;
        }

        @Override
        public HistoryState state() {
            return new HistoryState(8_400_000, 120, 0, "disk full", true);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private EnvironmentSession open(@Nullable FakeFleet fleet) throws Exception {
        return open(fleet, true);
    }

    private EnvironmentSession open(@Nullable FakeFleet fleet, boolean acting) throws Exception {
        service.answers.countDown();
        var watch = fleet == null ? null : new Watch.Parts(fleet, TriggerSet.USUAL, Duration.ofSeconds(15));
        var opened = new EnvironmentSession(new EnvironmentSession.Parts(Trial.ENVIRONMENT, service.endpoints(), journal, codec,
                new RealTime(), started -> "wayback", () -> 0.5, "window", "kim", watch, history, null), acting);
        session = opened;
        return opened;
    }

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
    }

    private static WatchReading watch(EnvironmentSession of) {
        return Objects.requireNonNull(of.snapshot().watch());
    }

    private void fired(String trigger) throws Exception {
        var encoded = codec.encode(new RunEvent.TriggerFired(THEN, trigger, "by client 0 %"));
        journal.append(List.of(new Draft(THEN, null, encoded.type(), encoded.version(), encoded.body())), true);
    }

    @Test
    void clientsComeWithTheSessionAndSayGoodbyeWithIt() throws Exception {
        var fleet = new FakeFleet();
        fleet.connected.set(10);
        var opened = open(fleet);
        await().until(() -> opened.snapshot().watch() != null && watch(opened).clients() != null);
        assertThat(watch(opened).watcher().words()).isEqualTo("watched by window");
        opened.close();
        assertThat(fleet.closed).isTrue();
        assertThat(watch(opened).watcher()).isInstanceOf(Watcher.Nobody.class);
    }

    @Test
    void whoOnlyLooksBringsNoClientsAndWhoThenActsDoes() throws Exception {
        var fleet = new FakeFleet();
        var opened = open(fleet, false);
        await().until(() -> opened.snapshot().fleet().views().values().stream().allMatch(sight -> sight.readAt().isPresent()));
        assertThat(fleet.listener).isNull();
        assertThat(watch(opened).watcher()).isInstanceOf(Watcher.Nobody.class);
        assertThat(opened.submit("r-1", Plans.start("v2", false))).isInstanceOf(Submitted.Taken.class);
        await().until(() -> opened.snapshot().watch() != null && watch(opened).watcher().watching());
    }

    @Test
    void whatItReadsIsKeptAndWhatIsLostOfItIsSaid() throws Exception {
        var opened = open(null);
        await().until(() -> history.samples.stream().anyMatch(one -> one.signal().equals("node.ready")));
        await().until(() -> opened.snapshot().notices().stream().anyMatch(notice -> notice.words().startsWith("history: ")));
        assertThat(opened.snapshot().history()).isEqualTo("120 samples lost, disk full");
        assertThat(opened.snapshot().notices()).extracting(Notice::words)
                .containsOnlyOnce("history: 120 samples lost, disk full");
        opened.close();
        assertThat(history.closed).isTrue();
    }

    @Test
    void whoOnlyLooksKeepsNothing() throws Exception {
        var opened = open(null, false);
        await().until(() -> opened.snapshot().fleet().views().values().stream().allMatch(sight -> sight.readAt().isPresent()));
        assertThat(opened.snapshot().history()).isNull();
        opened.close();
        assertThat(history.samples).isEmpty();
    }

    @Test
    void withoutClientsNobodyWatchesAndOnlyPeopleCanTellTheTriggersSomething() throws Exception {
        var watch = watch(open(null));
        assertThat(watch.watcher()).isInstanceOf(Watcher.Nobody.class);
        assertThat(watch.clients()).isNull();
        assertThat(watch.triggers()).extracting(TriggerReading::name)
                .containsExactly("data-loss", "tickets", "customer-sla", "consensus");
    }

    private static Phase phase(EnvironmentSession of, String trigger) {
        return watch(of).triggers().stream().filter(one -> one.name().equals(trigger)).findFirst().orElseThrow().phase();
    }

    private static void votes(EnvironmentSession in, String actor, boolean rollBack) throws Exception {
        assertThat(in.submit("", new Command.Tell(new Report.Voted(Instant.EPOCH, actor, "it is the release", rollBack))))
                .isInstanceOf(Submitted.Taken.class);
    }

    @Test
    @Promise({4, 7})
    void votesAreJournalledBeforeTheyCountAndGoOnCountingForTheNextConsole() throws Exception {
        var opened = open(null, false);
        votes(opened, "kim", true);
        votes(opened, "bob", false);
        await().until(() -> phase(opened, "consensus").words().contains("1 against"));
        assertThat(phase(opened, "consensus").words())
                .isEqualTo("1 of 2 votes, 1 against: kim: it is the release; bob against: it is the release");
        opened.close();
        var next = open(new FakeFleet());
        await().until(() -> watch(next).watcher().watching());
        assertThat(phase(next, "consensus")).isInstanceOf(Phase.Holding.class);
        votes(next, "bob", true);
        await().until(() -> !watch(next).fired().isEmpty());
        assertThat(watch(next).fired()).singleElement().extracting(TriggerReading::words)
                .isEqualTo("FIRED 2 of 2 votes, 0 against: kim: it is the release; bob: it is the release");
        assertThat(next.snapshot().notices()).extracting(Notice::words)
                .anyMatch(words -> words.startsWith("trigger consensus fired and offers to roll back: 2 of 2 votes"));
        assertThat(journal.read(1)).extracting(Entry::type).containsSubsequence("Reported", "Reported", "Reported",
                "TriggerFired");
    }

    @Test
    @Promise(4)
    void aReportWhoseConsequenceWasNotWrittenAnyMoreFiresWithTheNextConsole() throws Exception {
        var encoded = codec.encode(new RunEvent.Reported(new Report.CustomerBreached(THEN, "kim", "they called", "Acme")));
        journal.append(List.of(new Draft(THEN, null, encoded.type(), encoded.version(), encoded.body())), true);
        var opened = open(null, false);
        await().until(() -> !watch(opened).fired().isEmpty());
        assertThat(phase(opened, "customer-sla").words()).isEqualTo("SLA breached of Acme, by kim: they called");
    }

    @Test
    void whatIsReportedWhileATriggerIsFiredIsShownAndCountsAfterTheAcknowledgement() throws Exception {
        var opened = open(null);
        opened.submit("", new Command.Tell(new Report.DataLost(THEN, "kim", "an order is gone")));
        opened.submit("", new Command.Tell(new Report.DataLost(THEN, "bob", "one came twice")));
        await().until(() -> phase(opened, "data-loss").words().contains("bob"));
        assertThat(phase(opened, "data-loss").words())
                .isEqualTo("kim reports: an order is gone; since then bob reports a data loss: one came twice");
        opened.submit("", new Command.AcknowledgeTrigger("kim", "data-loss", "found it"));
        await().until(() -> phase(opened, "data-loss").words().equals("bob reports: one came twice"));
        opened.submit("", new Command.AcknowledgeTrigger("kim", "data-loss", "found that too"));
        await().until(() -> phase(opened, "data-loss") instanceof Phase.Blind);
    }

    @Test
    void aReportThatSaysTooLittleIsRefusedAndNotWritten() throws Exception {
        var opened = open(null);
        for (var report : List.of(new Report.DataLost(THEN, "kim", " "), new Report.CustomerBreached(THEN, "kim", "why", ""),
                new Report.TicketsRose(THEN, "kim", "why", -1))) {
            assertThat(opened.submit("", new Command.Tell(report))).isInstanceOf(Submitted.Refused.class);
        }
        assertThat(journal.read(1)).isEmpty();
    }

    @Test
    void whatClientsMetIsRememberedEpisodeByEpisode() throws Exception {
        var fleet = new FakeFleet();
        fleet.connected.set(10);
        var opened = open(fleet);
        assertThat(opened.remembered()).isEmpty();
        await().until(() -> fleet.listener != null);
        var at = Instant.now();
        var to = Objects.requireNonNull(fleet.listener);
        to.accept(new ClientEvent.Opened("s-1", ClientRole.SENTINEL, at, "ws-1", "v1"));
        to.accept(new ClientEvent.Lost("s-1", ClientRole.SENTINEL, at.plusMillis(1), Loss.closed(1012)));
        await().until(() -> opened.remembered().stream().anyMatch(one -> one.client().equals("s-1")
                && one.end() == KeptEpisode.End.OPEN && one.fromNode().equals("ws-1")));
        opened.close();
        assertThatThrownBy(opened::remembered).isInstanceOf(EnvironmentAccess.Unavailable.class);
    }

    @Test
    void clientsThatCannotBeStartedHurtNothing() throws Exception {
        var opened = open(new FakeFleet(LinkFault.permanent("no secret")));
        await().until(() -> opened.snapshot().watch() != null && watch(opened).watcher() instanceof Watcher.Failed);
        assertThat(opened.snapshot().notices()).filteredOn(notice -> notice.severity() == Notice.Severity.ALARM)
                .extracting(Notice::words).singleElement().asString().contains("nobody watches").contains("no secret");
        assertThat(opened.submit("", new Command.TakeControl("kim", "", Duration.ofMinutes(1))))
                .isInstanceOf(Submitted.Taken.class);
    }

    @Test
    @Promise(4)
    void whatFiredBeforeStaysSoUntilSomebodyAcknowledgesIt() throws Exception {
        fired("success-rate");
        var opened = open(new FakeFleet());
        await().until(() -> watch(opened).watcher().watching());
        assertThat(watch(opened).fired()).singleElement()
                .satisfies(one -> assertThat(one.phase()).isEqualTo(new Phase.Fired(THEN, "by client 0 %")));
        assertThat(opened.submit("", new Command.AcknowledgeTrigger("kim", "data-loss", "no")))
                .isInstanceOfSatisfying(Submitted.Refused.class, no -> assertThat(no.why()).contains("success-rate"));
        assertThat(opened.submit("", new Command.AcknowledgeTrigger("kim", "success-rate", " ")))
                .isInstanceOf(Submitted.Refused.class);
        assertThat(opened.submit("", new Command.AcknowledgeTrigger("kim", "success-rate", "the balancer was down")))
                .isInstanceOf(Submitted.Taken.class);
        await().until(() -> watch(opened).fired().isEmpty());
        opened.close();
        var next = open(new FakeFleet());
        await().until(() -> next.snapshot().watch() != null && watch(next).watcher().watching());
        assertThat(watch(next).fired()).isEmpty();
    }

    @Test
    void aDrillIsSeenByWhoeverHoldsUntilItIsEnded() throws Exception {
        var opened = open(null);
        assertThat(opened.submit("", new Command.EndDrill("kim"))).isInstanceOf(Submitted.Refused.class);
        assertThat(opened.submit("", new Command.BeginDrill("kim", "", Duration.ofHours(2))))
                .isInstanceOfSatisfying(Submitted.Refused.class, no -> assertThat(no.why()).contains("at most 1h"));
        assertThat(opened.submit("", new Command.BeginDrill("kim", "monday", Duration.ofMinutes(5))))
                .isInstanceOf(Submitted.Taken.class);
        assertThat(opened.submit("", new Command.BeginDrill("ada", "", Duration.ofMinutes(5))))
                .isInstanceOfSatisfying(Submitted.Refused.class, no -> assertThat(no.why()).contains("a drill by kim goes on"));
        opened.close();
        var next = open(null, false);
        await().until(() -> next.snapshot().drill() != null);
        assertThat(Objects.requireNonNull(next.snapshot().drill()).reason()).isEqualTo("monday");
        assertThat(next.submit("", new Command.EndDrill("ada"))).isInstanceOf(Submitted.Taken.class);
        await().until(() -> next.snapshot().drill() == null);
    }

    @Test
    void whoDoesNotWatchStillSaysWhatFired() throws Exception {
        fired("data-loss");
        var opened = open(null);
        assertThat(watch(opened).watcher()).isInstanceOf(Watcher.Nobody.class);
        assertThat(watch(opened).offer()).isPresent();
    }
}
