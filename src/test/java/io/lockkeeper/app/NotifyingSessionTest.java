package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.app.notify.Notifications;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.notify.Account;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Persistence;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.NotifyLedger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session that tells, closed and opened again on the same journal.
@Timeout(60)
class NotifyingSessionTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final PassingEvents codec = new PassingEvents();
    private final CalmService service = new CalmService();
    private final Ledger ledger = new Ledger();
    private final List<Notification> got = new CopyOnWriteArrayList<>();
    private volatile Receipt answer = new Receipt.Accepted("250");
    private @Nullable EnvironmentSession session;

    private static final class Ledger implements NotifyLedger {
        private volatile Map<String, Account> kept = Map.of();

        @Override
        public Map<String, Account> read() {
            return kept;
        }

        @Override
        public void write(Map<String, Account> accounts) {
            kept = accounts;
        }
    }

    private EnvironmentSession open() throws Exception {
        service.answers.countDown();
        var notifier = new Notifier() {
            @Override
            public String endpoint() {
                return "a test";
            }

            @Override
            public Receipt send(Notification notification, Duration limit) {
                got.add(notification);
                return answer;
            }
        };
        var route = new Route("team", EnumSet.copyOf(Occasion.all()), Duration.ZERO, null);
        var parts = new Notifications.Parts(List.of(new Notifications.Channel(route, notifier)), ledger, Persistence.USUAL);
        var opened = new EnvironmentSession(new EnvironmentSession.Parts(Trial.ENVIRONMENT, service.endpoints(), journal, codec,
                new RealTime(), started -> "wayback", () -> 0.5, "window", "kim", null, null, null, parts));
        session = opened;
        return opened;
    }

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
    }

    private List<Occasion> occasions() {
        return got.stream().map(Notification::occasion).toList();
    }

    private static ChannelReading channel(EnvironmentSession of) {
        return of.snapshot().channels().getFirst();
    }

    @Test
    void whatOneConsoleToldTheNextOneOnTheSameJournalDoesNot() throws Exception {
        var first = open();
        assertThat(first.submit("r-1", Plans.start("v2", false))).isInstanceOf(Submitted.Taken.class);
        await().until(() -> occasions().equals(List.of(Occasion.RUN_STARTED, Occasion.NEEDS_PERSON)));
        await().until(() -> channel(first).accepted() == 2);
        first.close();
        var second = open();
        assertThat(second.submit("r-1", new Command.Abort("kim", "enough"))).isInstanceOf(Submitted.Taken.class);
        await().until(() -> occasions().contains(Occasion.RUN_ENDED));
        assertThat(occasions()).containsExactly(Occasion.RUN_STARTED, Occasion.NEEDS_PERSON, Occasion.RUN_ENDED);
        assertThat(got.getLast().title()).isEqualTo("sim: Rolling deploy aborted");
    }

    @Test
    void whatIsRefusedIsSaidInTheWindowsNoticesAndInTheSnapshot() throws Exception {
        answer = new Receipt.Refused("HTTP 404 from https://hooks.example.org");
        var opened = open();
        opened.submit("r-1", Plans.start("v2", false));
        await().until(() -> opened.snapshot().notices().stream().map(Notice::words)
                .anyMatch(words -> words.startsWith("notify team (a test): ")
                        && words.endsWith("HTTP 404 from https://hooks.example.org")));
        await().until(() -> channel(opened).refused() == 2);
        assertThat(opened.snapshot().run()).isNotNull();
    }

    @Test
    void aReceiverThatIsDownDoesNotKeepAConsoleFromEnding() throws Exception {
        answer = new Receipt.Later("no connection", Duration.ofMinutes(20));
        var opened = open();
        opened.submit("r-1", Plans.start("v2", false));
        await().until(() -> channel(opened).waiting() > 0 && !channel(opened).trouble().isEmpty());
        opened.close();
        session = null;
        got.clear();
        answer = new Receipt.Accepted("250");
        open();
        await().until(() -> occasions().contains(Occasion.RUN_STARTED));
    }
}
