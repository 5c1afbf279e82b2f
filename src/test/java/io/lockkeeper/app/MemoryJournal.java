package io.lockkeeper.app;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.util.ArrayList;
import java.util.List;

/// A journal whose bytes survive the engine that wrote them, so that the next one can be started on them. Can be full.
final class MemoryJournal implements Journal {
    private final List<Entry> entries = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int reserve = 500;

    @Override
    public synchronized List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        if (drafts.size() > room) {
            throw new JournalFailure.DiskFull("no room", new java.io.IOException("No space left on device"));
        }
        room -= drafts.size();
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

    @Override
    public synchronized Head head() {
        return new Head(entries.size(), "");
    }

    @Override
    public void releaseReserve() {
        room += reserve;
        reserve = 0;
    }

    @Override
    public void close() {}
}
