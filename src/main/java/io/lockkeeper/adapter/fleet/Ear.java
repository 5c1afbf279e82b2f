package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;

/// Who listens to a line. Called on its loop, in the order in which things happened; `at` is when, in nanoseconds of the loop's clock.
/// The end is told once: `failed` before `opened`, `lost` after it.
interface Ear {
    void opened(Line line, long at);

    void text(Line line, long at, String text);

    void failed(Line line, long at, Failure failure);

    void lost(Line line, long at, Loss loss);
}
