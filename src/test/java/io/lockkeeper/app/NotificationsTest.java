package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.Promise;
import io.lockkeeper.app.notify.Notifications;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.domain.notify.Account;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Persistence;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.NotifyLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is told of simulated runs, by channels that accept, refuse, hang and lose their answers.
@Timeout(60)
class NotificationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Persistence QUICK = new Persistence(new Backoff(Duration.ofMillis(1), Duration.ofMillis(3)), HOUR);

    private final Trial trial = new Trial(1);
    private final Ledger ledger = new Ledger();
    private final Channel channel = new Channel(_ -> new Receipt.Accepted("250"));
    private Notifications notifications = open(channel);

    private static final class Ledger implements NotifyLedger {
        private volatile Map<String, Account> kept = Map.of();
        private volatile boolean broken;

        @Override
        public Map<String, Account> read() throws IOException {
            fail();
            return kept;
        }

        @Override
        public void write(Map<String, Account> accounts) throws IOException {
            fail();
            kept = accounts;
        }

        private void fail() throws IOException {
            if (broken) {
                throw new IOException("No space left on device");
            }
        }
    }

    private static final class Channel implements Notifier {
        private final List<Notification> got = new CopyOnWriteArrayList<>();
        private final Function<Integer, Receipt> answers;

        Channel(Function<Integer, Receipt> answers) {
            this.answers = answers;
        }

        @Override
        public String endpoint() {
            return "a test";
        }

        @Override
        public Receipt send(Notification notification, Duration limit) {
            got.add(notification);
            return answers.apply(got.size());
        }

        List<String> titles() {
            return got.stream().map(Notification::title).toList();
        }

        List<Occasion> occasions() {
            return got.stream().map(Notification::occasion).toList();
        }
    }

    private Notifications open(Notifier notifier) {
        var route = new Route("team", EnumSet.copyOf(Occasion.all()), Duration.ofSeconds(30), null);
        return new Notifications(Trial.ENVIRONMENT,
                new Notifications.Parts(List.of(new Notifications.Channel(route, notifier)), ledger, QUICK), trial.time,
                () -> 0.5);
    }

    @AfterEach
    void close() {
        notifications.close();
    }

    /// As a session does it that comes to this journal.
    private void hear() {
        RunState state = null;
        for (var recorded : trial.simulation.engine().history().events("r-1")) {
            var event = recorded.event();
            state = event instanceof RunEvent.RunStarted started
                    ? RunMachine.begin(started)
                    : RunMachine.evolve(Objects.requireNonNull(state), event);
            notifications.recorded(event, state);
        }
    }

    private List<String> look(Duration later) {
        trial.simulation.run(later);
        return notifications.look(trial.simulation.engine().history().run("r-1").orElse(null), null);
    }

    private void settled(int messages) {
        await().until(() -> channel.got.size() == messages && notifications.readings().getFirst().waiting() == 0);
    }

    private void start() {
        assertThat(trial.submit(Plans.start("v2", false))).isInstanceOf(Submitted.Taken.class);
    }

    private RunState state() {
        return trial.state();
    }

    @Test
    void aRunIsToldFromItsStartToItsEndAndWhatWaitsForAPersonOnlyOnceItHasWaited() {
        start();
        look(Duration.ofSeconds(20));
        hear();
        settled(1);
        assertThat(channel.titles()).containsExactly("sim: Rolling deploy started by kim");
        look(Duration.ofSeconds(15));
        settled(2);
        look(Duration.ofMinutes(5));
        assertThat(channel.got.getLast().title()).isEqualTo("sim: Rolling deploy: waits for a person");
        assertThat(channel.got.getLast().text()).isEqualTo("before (Before): 1 of 1 items to be ticked.");
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        look(HOUR);
        hear();
        settled(3);
        assertThat(channel.titles().getLast()).isEqualTo("sim: Rolling deploy succeeded");
        assertThat(channel.got.getLast().urgent()).isFalse();
        assertThat(channel.got).extracting(Notification::id).doesNotHaveDuplicates();
    }

    @Test
    void aHoldAndTheWayBackAreTold() {
        start();
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        trial.simulation.run(Duration.ofSeconds(3));
        trial.submit(new Command.Hold("lee", "a call from support"));
        look(Duration.ofMinutes(10));
        settled(1);
        assertThat(channel.got.getFirst().text()).isEqualTo("HELD by lee: a call from support.");
        trial.submit(new Command.RollBack("lee", "support was right"));
        look(HOUR);
        hear();
        await().until(() -> channel.occasions().contains(Occasion.RUN_ENDED));
        assertThat(channel.titles()).contains("sim: Rolling deploy: ROLL BACK ordered by lee", "sim: Rolling deploy rolled back");
        assertThat(channel.got.getLast().urgent()).isTrue();
    }

    @Test
    @Promise(1)
    void anOutcomeThatNobodyKnowsIsToldAsUnknownAlsoAtTheEnd() {
        start();
        var now = trial.time.now();
        var op = new Op("r-1/roll[ws-1]/drain/ws-1@edge/drain/1", "roll[ws-1]/drain", new Order.Drain("ws-1", "edge"), 1, 1, now,
                now.plusSeconds(30), null);
        var state = state();
        for (var event : List.of(new RunEvent.OpIntended(now, op),
                new RunEvent.OpSettled(now, op.id(), new Outcome.Unknown("cut off")))) {
            state = RunMachine.evolve(state, event);
        }
        trial.simulation.run(Duration.ofSeconds(40));
        notifications.look(state, null);
        await().until(() -> channel.titles().contains("sim: Rolling deploy: OUTCOME UNKNOWN"));
        assertThat(channel.got.getFirst().text()).isEqualTo(
                "OUTCOME UNKNOWN of drain ws-1@edge: cut off. Nothing is sent again; the target is looked at.");
        var ended = new RunEvent.RunEnded(trial.time.now(), Ending.ABORTED, "kim", "ended", List.of());
        notifications.recorded(ended, RunMachine.evolve(state, ended));
        await().until(() -> channel.titles().contains("sim: Rolling deploy aborted; OUTCOME UNKNOWN of 1 order"));
        assertThat(channel.got.getLast().text()).endsWith("The outcome of 1 order is UNKNOWN.");
    }

    @Test
    void whatWasToldIsNotToldAgainByTheNextConsoleAndWhatWasNotIs() {
        start();
        look(Duration.ofSeconds(1));
        hear();
        settled(1);
        var told = ledger.kept;
        notifications.close();
        notifications = open(channel);
        hear();
        assertThat(notifications.readings().getFirst().waiting()).isZero();
        assertThat(channel.got).hasSize(1);
        assertThat(Objects.requireNonNull(told.get("team")).settled()).containsOnlyKeys(channel.got.getFirst().id());

        ledger.kept = Map.of("team", Account.from(trial.time.now().minus(HOUR))); // killed before it was written down
        notifications.close();
        notifications = open(channel);
        hear();
        settled(2);
        assertThat(channel.got).extracting(Notification::id).containsExactly(channel.got.getFirst().id(),
                channel.got.getFirst().id());
    }

    @Test
    void aChannelThatIsNewGetsNothingFromBefore() {
        start();
        trial.simulation.run(Duration.ofSeconds(5));
        ledger.kept = Map.of();
        notifications.close();
        notifications = open(channel);
        hear();
        assertThat(notifications.readings().getFirst().waiting()).isZero();
    }

    @Test
    void whatIsTooOldIsNotToldAnyMore() {
        start();
        trial.time.jump(HOUR.plusMinutes(1));
        hear();
        notifications.look(state(), null);
        assertThat(notifications.readings().getFirst().waiting()).isZero();
        assertThat(channel.got).isEmpty();
    }

    @Test
    void whatIsNotAcceptedIsTriedAgainWithTheSameIdUntilItIs() {
        notifications.close();
        var wavering = new Channel(attempt -> attempt < 3
                ? new Receipt.Later("HTTP 503", null)
                : attempt < 5 ? new Receipt.Unknown("cut off") : new Receipt.Accepted("HTTP 200"));
        notifications = open(wavering);
        start();
        hear();
        await().until(() -> notifications.readings().getFirst().accepted() == 1);
        assertThat(wavering.got).hasSize(5).extracting(Notification::id).containsOnly(wavering.got.getFirst().id());
        assertThat(notifications.readings().getFirst().trouble()).isEmpty();
    }

    @Test
    void whatIsRefusedIsNotTriedAgainAndIsSaidOnce() {
        notifications.close();
        var closed = new Channel(_ -> new Receipt.Refused("HTTP 404 from https://hooks.example.org"));
        notifications = open(closed);
        start();
        hear();
        await().until(() -> notifications.readings().getFirst().refused() == 1);
        assertThat(look(Duration.ofSeconds(2))).singleElement().asString()
                .isEqualTo("notify team (a test): 0 accepted, 1 REFUSED; REFUSED: HTTP 404 from https://hooks.example.org");
        assertThat(look(Duration.ofSeconds(2))).isEmpty();
        assertThat(closed.got).hasSize(1);
    }

    @Test
    void aChannelThatHangsHoldsUpNobodyAndWhatFindsNoRoomIsCounted() {
        notifications.close();
        var over = new CountDownLatch(1);
        var hanging = new Channel(_ -> {
            try {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return new Receipt.Unknown("hung");
        });
        notifications = open(hanging);
        for (int i = 0; i < 130; i++) {
            notifications.recorded(new RunEvent.TriggerFired(trial.time.now(), "t" + i, "by client 0 %"), null);
        }
        assertThat(notifications.readings().getFirst().waiting()).isEqualTo(100);
        assertThat(notifications.readings().getFirst().dropped()).isEqualTo(30);
        assertThat(notifications.readings().getFirst().words()).contains("30 DROPPED")
                .contains("was not told: more than 100 were waiting");
        over.countDown();
    }

    @Test
    void aNeedThatIsOverBeforeItCouldBeToldIsTakenBack() {
        notifications.close();
        var down = new Channel(_ -> new Receipt.Later("no connection", Duration.ofMinutes(10)));
        notifications = open(down);
        start();
        look(Duration.ofSeconds(40));
        await().until(() -> !down.got.isEmpty());
        assertThat(notifications.readings().getFirst().waiting()).isEqualTo(1);
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        look(Duration.ofSeconds(1));
        assertThat(notifications.readings().getFirst().waiting()).isZero();
        assertThat(notifications.readings().getFirst().dropped()).isZero();
    }

    @Test
    void aDiskThatIsFullStopsNoNotification() {
        ledger.broken = true;
        start();
        hear();
        settled(1);
        await().until(() -> look(Duration.ofSeconds(1)).stream().anyMatch(words -> words.contains("may be told again")));
    }

    @Test
    void triggersAreToldWithWhoAcknowledgedThem() {
        var now = trial.time.now();
        notifications.recorded(new RunEvent.TriggerFired(now, "success-rate", "by client 62 % (23 of 37)"), null);
        notifications.recorded(new RunEvent.TriggerAcknowledged(now, "success-rate", "kim", "a known deploy"), null);
        settled(2);
        assertThat(channel.titles()).containsExactly("sim: TRIGGER success-rate FIRED",
                "sim: trigger success-rate acknowledged by kim");
        assertThat(channel.got.getFirst().text()).isEqualTo("TRIGGER success-rate FIRED: by client 62 % (23 of 37).");
    }
}
