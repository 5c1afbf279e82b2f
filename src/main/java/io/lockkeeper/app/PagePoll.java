package io.lockkeeper.app;

import io.lockkeeper.app.metrics.MetricsBoard;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.port.MetricsPage;
import java.time.Instant;
import java.util.function.Consumer;

/// One page of numbers of another system, polled: what it says reaches the board on the session's thread.
///
/// @param post runs work there; may be called from any thread
record PagePoll(MetricsPage page, MetricsBoard board, Consumer<Runnable> post) implements PolledLink.Sink<Answer> {
    @Override
    public void seen(Answer value, Instant begunAt) {
        post.accept(() -> board.answered(page, value, begunAt));
    }

    @Override
    public void lost(String why, Instant at) {
        post.accept(() -> board.lost(page, why));
    }
}
