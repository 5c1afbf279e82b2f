package io.lockkeeper.port;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import java.util.List;
import java.util.Optional;

/// The append-only record of one environment; the only truth about its runs. One holder at a time, one writing thread.
public interface Journal extends AutoCloseable {
    /// Appends all drafts or none; they are on disk when this returns.
    ///
    /// @param anchor whether the new head is also kept in the anchors' folder now (run start, run end, approvals)
    /// @throws JournalFailure when nothing was appended; the message says where and what to do
    List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure;

    /// Every entry from `fromSeq` on, in order.
    List<Entry> read(long fromSeq) throws JournalFailure;

    Head head();

    /// What the operator should know about how the journal was found when it was opened.
    default Optional<String> notice() {
        return Optional.empty();
    }

    /// Frees the disk space kept in reserve, so that a hold or a way back can still be written on a full disk.
    void releaseReserve();

    @Override
    void close();
}
