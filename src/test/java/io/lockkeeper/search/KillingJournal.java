package io.lockkeeper.search;

import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Stands before a journal: kills the engine before or after some of its appends, and can be a full disk.
final class KillingJournal implements Journal {
    /// What outlives the engine.
    static final class Disk {
        private static final int RESERVE = 500;
        private final Set<Integer> before = new TreeSet<>();
        private final Set<Integer> after = new TreeSet<>();
        private int appends;
        private int room = Integer.MAX_VALUE;
        private int reserve = RESERVE;

        Disk(Random random, int kills) {
            for (int i = 0; i < kills; i++) {
                (random.nextBoolean() ? before : after).add(2 + random.nextInt(120));
            }
        }

        void room(int left) {
            room = left;
        }
    }

    private final Journal inner;
    private final Disk disk;

    KillingJournal(Journal inner, Disk disk) {
        this.inner = inner;
        this.disk = disk;
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        int mine = disk.appends++;
        if (disk.before.contains(mine)) {
            throw new Simulation.Killed();
        }
        if (drafts.size() > disk.room) {
            throw new JournalFailure.DiskFull("no room", new IOException("No space left on device"));
        }
        disk.room -= disk.room == Integer.MAX_VALUE ? 0 : drafts.size();
        var entries = inner.append(drafts, anchor);
        if (disk.after.contains(mine)) {
            throw new Simulation.Killed();
        }
        return entries;
    }

    @Override
    public List<Entry> read(long fromSeq) throws JournalFailure {
        return inner.read(fromSeq);
    }

    @Override
    public Head head() {
        return inner.head();
    }

    @Override
    public void releaseReserve() {
        disk.room += disk.room == Integer.MAX_VALUE ? 0 : disk.reserve;
        disk.reserve = 0;
        inner.releaseReserve();
    }

    @Override
    public void close() {
        inner.close();
    }
}
