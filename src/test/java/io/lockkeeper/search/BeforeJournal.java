package io.lockkeeper.search;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.util.List;

/// What stands before the journal.
abstract class BeforeJournal implements Bug, Journal {
    private Journal inner = new Nothing();

    @Override
    public Journal journal(Journal next) {
        inner = next;
        return this;
    }

    Journal inner() {
        return inner;
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        return inner.append(drafts, anchor);
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
        inner.releaseReserve();
    }

    @Override
    public void close() {
        inner.close();
    }

    private record Nothing() implements Journal {
        @Override
        public List<Entry> append(List<Draft> drafts, boolean anchor) {
            return List.of();
        }

        @Override
        public List<Entry> read(long fromSeq) {
            return List.of();
        }

        @Override
        public Head head() {
            return new Head(0, "");
        }

        @Override
        public void releaseReserve() {}

        @Override
        public void close() {}
    }
}
