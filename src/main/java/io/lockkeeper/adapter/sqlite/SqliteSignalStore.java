package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.history.HistoryState;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.port.SignalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file, one platform thread that opens, writes and prunes it, and a bounded queue before that thread. Values are written every ten seconds,
/// episodes within a second: what was handed over and not written when the process is killed is not kept.
public final class SqliteSignalStore implements SignalStore {
    /// @param written opened when this and all before it were written
    private record Handed(Instant now, List<Sample> samples, List<KeptEpisode> episodes, @Nullable Retraction retraction,
            @Nullable CountDownLatch written) {
        int size() {
            return samples.size() + episodes.size() + (retraction == null ? 0 : 1);
        }

        /// Nothing but a wish to know when it was written.
        static Handed last() {
            return new Handed(Instant.MIN, List.of(), List.of(), null, new CountDownLatch(1));
        }
    }

    private record Retraction(Set<String> signals, Instant from, Instant to) {}

    private static final Logger LOG = LoggerFactory.getLogger(SqliteSignalStore.class);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final int SECONDS = 10;
    private static final int MANY = 5_000;
    private static final long MINUTE = 60;

    private final SignalFiles files;
    private final Limits limits;
    private final LinkedBlockingQueue<Handed> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lostSamples = new AtomicLong();
    private final AtomicLong lostEpisodes = new AtomicLong();
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closing;
    private volatile long bytes;
    private volatile String trouble = "";
    private volatile boolean lasting;
    /// A file that is not ours to write to, or no SQLite.
    private volatile boolean off;

    private @Nullable Connection connection;
    private @Nullable SignalTables tables;
    private @Nullable Pruning pruning;
    private long tended = Long.MIN_VALUE;

    private SqliteSignalStore(SignalFiles files, Limits limits, String environment) {
        this.files = files;
        this.limits = limits;
        thread = Thread.ofPlatform().daemon().name("signals " + environment).unstarted(this::work);
    }

    /// Touches nothing. The file is opened by the store's own thread, when something is first handed over.
    public static SqliteSignalStore at(SignalFiles files, Limits limits, String environment) {
        return new SqliteSignalStore(files, limits, environment);
    }

    @Override
    public boolean add(Instant now, List<Sample> samples, List<KeptEpisode> episodes) {
        return hand(new Handed(now, List.copyOf(samples), List.copyOf(episodes), null, null));
    }

    @Override
    public boolean retract(Instant now, Set<String> signals, Instant from, Instant to) {
        return hand(new Handed(now, List.of(), List.of(), new Retraction(Set.copyOf(signals), from, to), null));
    }

    private boolean hand(Handed handed) {
        if (closing || off) {
            return false;
        }
        if (waiting.addAndGet(handed.size()) > limits.waiting()) {
            waiting.addAndGet(-handed.size());
            lose(handed, "the disk is too slow");
            return false;
        }
        queue.add(handed);
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        return true;
    }

    private void lose(Handed handed, String why) {
        lostSamples.addAndGet(handed.samples().size());
        lostEpisodes.addAndGet(handed.episodes().size());
        trouble = why;
        lasting = true;
    }

    @Override
    public HistoryState state() {
        return new HistoryState(bytes, lostSamples.get(), lostEpisodes.get(), trouble, lasting);
    }

    /// Waits until all that was handed over is written or lost, and old and many values were tended to.
    public void settle() throws InterruptedException {
        var last = Handed.last();
        queue.add(last);
        var written = Objects.requireNonNull(last.written());
        while (!written.await(100, TimeUnit.MILLISECONDS) && thread.isAlive()) {
            // it is being written
        }
    }

    @Override
    public void close() {
        closing = true;
        if (!started.get()) {
            return;
        }
        queue.add(Handed.last());
        try {
            thread.join(TO_CLOSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (!closing || !queue.isEmpty()) {
                write(take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
        }
    }

    /// What came within ten seconds; sooner when it is much, or somebody waits for it.
    private List<Handed> take() throws InterruptedException {
        var taken = new ArrayList<Handed>();
        int size = 0;
        for (int second = 0; second < SECONDS && size < MANY && !closing; second++) {
            var next = queue.poll(1, TimeUnit.SECONDS);
            for (; next != null; next = queue.poll()) {
                taken.add(next);
                size += next.size();
            }
            if (taken.stream().anyMatch(one -> one.written() != null || !one.episodes().isEmpty())) {
                break;
            }
        }
        queue.drainTo(taken);
        return taken;
    }

    private void write(List<Handed> taken) {
        if (taken.isEmpty()) {
            return;
        }
        var now = taken.stream().map(Handed::now).max(Instant::compareTo).orElse(Instant.MIN);
        try {
            if (!off && now.isAfter(Instant.MIN)) {
                writeAll(taken, now);
            }
        } catch (Trouble e) {
            suffer(e, taken, now);
        } catch (RuntimeException e) {
            LOG.error("an error while history was written", e);
            suffer(new Trouble(Trouble.Kind.OTHER, "an error of the console itself: " + e), taken, now);
        } finally {
            taken.forEach(one -> waiting.addAndGet(-one.size()));
            taken.stream().map(Handed::written).filter(Objects::nonNull).forEach(CountDownLatch::countDown);
        }
    }

    private void writeAll(List<Handed> taken, Instant now) throws Trouble {
        room();
        open(now);
        var to = tables;
        var from = connection;
        if (to == null || from == null) {
            return;
        }
        try {
            long refused = 0;
            for (var one : taken) {
                refused += to.add(one.samples());
                for (var episode : one.episodes()) {
                    to.add(episode);
                }
                retract(to, one.retraction(), now);
            }
            from.commit();
            lasting = false;
            if (refused > 0) {
                lostSamples.addAndGet(refused);
                trouble = "more than " + limits.series() + " series, or a value that is no number";
            }
            tend(now);
        } catch (SQLException e) {
            rollBack();
            throw Trouble.of(e);
        }
    }

    private static void retract(SignalTables from, @Nullable Retraction one, Instant now) throws SQLException {
        if (one != null) {
            var recent = now.minus(Pruning.NEVER_LESS);
            from.retract(one.signals(), Math.max(one.from().getEpochSecond(), recent.getEpochSecond()),
                    one.to().getEpochSecond());
        }
    }

    /// Draws together, lets go and shrinks, once a minute.
    private void tend(Instant now) throws SQLException {
        var to = tables;
        var from = connection;
        var with = pruning;
        long minute = Math.floorDiv(now.getEpochSecond(), MINUTE);
        if (to == null || from == null || with == null || minute == tended) {
            return;
        }
        to.draw(now.getEpochSecond());
        with.pass(now);
        if (minute % MINUTE == 0 || tended == Long.MIN_VALUE) {
            to.tidy();
        }
        tended = minute;
        from.commit();
        from.setAutoCommit(true);
        with.shrink();
        from.setAutoCommit(false);
        bytes = size();
    }

    private long size() {
        try {
            return Files.size(files.database());
        } catch (IOException _) {
            return bytes;
        }
    }

    private void room() throws Trouble {
        try {
            if (Files.isDirectory(files.folder()) && Files.getFileStore(files.folder()).getUsableSpace() < limits.free()) {
                throw new Trouble(Trouble.Kind.FULL, "disk full (less than " + (limits.free() >> 20)
                        + " MB are left, and the journal comes first)");
            }
        } catch (IOException e) {
            throw new Trouble(Trouble.Kind.OTHER, "the disk cannot be asked: " + e.getMessage());
        }
    }

    private void open(Instant now) throws Trouble {
        if (connection != null) {
            return;
        }
        Connection opened;
        try {
            opened = Database.write(files);
        } catch (Trouble e) {
            if (e.kind() != Trouble.Kind.DAMAGED) {
                throw e;
            }
            startAnew(now);
            opened = Database.write(files);
        }
        connection = opened;
        try {
            var made = new SignalTables(opened, limits.series());
            tables = made;
            pruning = new Pruning(opened, made, limits.bytes());
            bytes = size();
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    /// A damaged file is somebody's evidence: it stays, under another name.
    private void startAnew(Instant now) throws Trouble {
        letGo();
        try {
            trouble = "signals.db was damaged; it is now " + files.setAside(now).getFileName() + ", and a new one was begun";
            LOG.warn("{}", trouble);
        } catch (IOException e) {
            throw new Trouble(Trouble.Kind.OTHER, "signals.db is damaged and cannot be renamed: " + e.getMessage());
        }
    }

    private void rollBack() {
        try {
            if (connection != null && tables != null) {
                connection.rollback();
                tables.readSeries();
            }
        } catch (SQLException _) {
            letGo();
        }
    }

    private void suffer(Trouble e, List<Handed> taken, Instant now) {
        taken.forEach(one -> lose(one, e.why()));
        trouble = e.why();
        lasting = true;
        switch (e.kind()) {
            case FULL -> LOG.info("history: {}", e.why());
            case FOREIGN, NO_LIBRARY -> {
                LOG.warn("history: {}", e.why());
                off = true;
                lostSamples.set(0); // nothing was ever kept, so nothing is lost of it
                lostEpisodes.set(0);
                letGo();
            }
            case DAMAGED -> {
                try {
                    startAnew(now);
                    lasting = false;
                } catch (Trouble worse) {
                    trouble = worse.why();
                }
            }
            case OTHER -> {
                LOG.warn("history: {}", e.why());
                letGo();
            }
        }
    }

    private void letGo() {
        try {
            if (tables != null) {
                tables.close();
            }
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.warn("history could not be closed: {}", e.getMessage());
        }
        tables = null;
        pruning = null;
        connection = null;
    }
}
