package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Doorway;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One environment, whoever holds it: this process if it can, else by calling the one that does. When that one dies, this takes over, or
/// calls whoever was faster; those who watch notice a gap and nothing else.
public final class SharedAccess implements EnvironmentAccess {
    /// Makes a session of one's own; throws [JournalFailure.Held] while another process has the journal.
    public interface Hold {
        EnvironmentAccess hold() throws JournalFailure;
    }

    /// @param application named to others, for words
    public record Parts(Environment environment, Hold hold, Doorway doorway, RunEvents codec, Time time, String application) {}

    private static final Logger LOG = LoggerFactory.getLogger(SharedAccess.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int FIRST_TRIES = 20;

    private final Parts parts;
    private final Watchers watchers = new Watchers();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable EnvironmentAccess current;
    private volatile Snapshot last;
    private @Nullable AutoCloseable door;

    /// Holds or follows when it returns.
    ///
    /// @throws JournalFailure when the journal is unusable, or the holder cannot be reached
    public SharedAccess(Parts parts) throws JournalFailure, InterruptedException {
        this.parts = parts;
        this.last = RemoteAccess.nothing(parts.environment(), parts.time().now());
        JournalFailure why = null;
        for (int i = 0; i < FIRST_TRIES && current == null; i++) {
            try {
                join();
            } catch (JournalFailure.Held held) {
                why = held;
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
            }
        }
        if (current == null && why != null) {
            throw new JournalFailure(why.why() + ", and it does not answer. End it, or wait until it has ended", why);
        }
    }

    /// Becomes the holder, or follows the one there is.
    private synchronized void join() throws JournalFailure {
        if (closing.getCount() == 0) {
            return;
        }
        try {
            var own = parts.hold().hold();
            use(own);
            openDoor(own);
        } catch (JournalFailure.Held held) {
            follow(held);
        }
    }

    private void follow(JournalFailure.Held held) throws JournalFailure {
        Conversation conversation;
        try {
            conversation = parts.doorway().call();
        } catch (IOException e) {
            throw new JournalFailure.Held(held.why() + " (" + e.getMessage() + ")", held.pid());
        }
        var remote = new RemoteAccess(parts.environment(), conversation, parts.codec(), last, this::lost);
        try {
            remote.begin();
        } catch (RemoteAccess.Mismatch e) {
            conversation.close();
            throw new JournalFailure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            conversation.close();
            throw new JournalFailure.Held(held.why() + " (" + e.getMessage() + ")", held.pid());
        }
        use(remote);
    }

    private void openDoor(EnvironmentAccess own) {
        try {
            door = parts.doorway().open(new HolderService(own, parts.application())::serve);
        } catch (IOException e) {
            LOG.warn("others cannot reach this holder: {}", e.toString());
        }
    }

    private void use(EnvironmentAccess access) {
        current = access;
        access.watch(snapshot -> {
            last = snapshot;
            watchers.publish(snapshot);
        });
    }

    /// The holder is gone: take over, or follow whoever did.
    private void lost() {
        Thread.ofVirtual().name("takeover").start(() -> {
            try {
                while (!closing.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                    try {
                        join();
                        return;
                    } catch (JournalFailure e) {
                        LOG.info("not taken over yet: {}", e.why());
                    } catch (RuntimeException e) {
                        LOG.error("an error while taking over; trying again", e);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private EnvironmentAccess access() {
        var access = current;
        if (access == null) {
            throw new IllegalStateException("used before it was joined");
        }
        return access;
    }

    @Override
    public Environment environment() {
        return parts.environment();
    }

    @Override
    public Submitted submit(String run, Command command) throws InterruptedException {
        return access().submit(run, command);
    }

    @Override
    public Submitted setKnownGood(String actor, Map<String, String> versions) throws InterruptedException {
        return access().setKnownGood(actor, versions);
    }

    @Override
    public Snapshot snapshot() {
        return access().snapshot();
    }

    @Override
    public Watching watch(Consumer<Snapshot> watcher) {
        return watchers.add(watcher, access().snapshot());
    }

    @Override
    public List<Entry> entries(long fromSeq) throws Unavailable, InterruptedException {
        return access().entries(fromSeq);
    }

    @Override
    public List<Recorded> events(String run) throws Unavailable, InterruptedException {
        return access().events(run);
    }

    @Override
    public List<String> logTail(String node, int lines) throws Unavailable, InterruptedException {
        return access().logTail(node, lines);
    }

    @Override
    public List<KeptEpisode> remembered() throws Unavailable, InterruptedException {
        return access().remembered();
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        var open = door;
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.warn("the door could not be closed: {}", e.toString());
            }
        }
        var access = current;
        if (access != null) {
            access.close();
        }
    }
}
