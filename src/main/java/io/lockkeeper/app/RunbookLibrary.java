package io.lockkeeper.app;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Runbook;
import java.util.List;

/// The runbooks at hand: the shipped ones and those in the operator's folders, read anew on each call.
public interface RunbookLibrary {
    /// Runbooks that were read without an error, by title.
    List<Runbook> runbooks();

    /// What is wrong with the others.
    List<Problem> problems();
}
