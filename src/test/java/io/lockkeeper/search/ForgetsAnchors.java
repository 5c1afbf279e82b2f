package io.lockkeeper.search;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.port.JournalFailure;
import java.util.List;

/// A planted mistake: nobody asks for anchors any more.
final class ForgetsAnchors extends BeforeJournal {
    @Override
    public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        return inner().append(drafts, false);
    }
}
