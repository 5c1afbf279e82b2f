package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A journal that outlives the engine that writes it, so that the next one can be started on it. Its disk can be full.
public final class MemoryJournal implements Journal {
    private static final int RESERVE = 500;

    private final List<Entry> entries = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int reserve = RESERVE;

    /// @param left how many more entries fit before the disk is full, the reserve not counted
    public synchronized void room(int left) {
        room = left;
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        if (drafts.size() > room) {
            throw new JournalFailure.DiskFull("no room", new IOException("No space left on device"));
        }
        room -= room == Integer.MAX_VALUE ? 0 : drafts.size();
        var appended = new ArrayList<Entry>();
        for (var draft : drafts) {
            var entry = new Entry(entries.size() + 1L, draft.at(), draft.run(), draft.type(), draft.version(), draft.body(), "");
            entries.add(entry);
            appended.add(entry);
        }
        return appended;
    }

    @Override
    public synchronized List<Entry> read(long fromSeq) {
        return List.copyOf(entries.subList((int) Math.min(fromSeq - 1, entries.size()), entries.size()));
    }

    /// The hash is worked out when somebody asks, over everything that was written: two journals with one head are the same.
    @Override
    public synchronized Head head() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            for (var entry : entries) {
                hash.update((entry.seq() + " " + entry.at() + " " + entry.run() + " " + entry.type() + " " + entry.version() + " "
                        + entry.body() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return new Head(entries.size(), HexFormat.of().formatHex(hash.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public synchronized void releaseReserve() {
        room = room == Integer.MAX_VALUE ? room : room + reserve;
        reserve = 0;
    }

    @Override
    public void close() {}
}
