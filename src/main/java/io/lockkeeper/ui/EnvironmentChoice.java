package io.lockkeeper.ui;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.RunDesk;
import io.lockkeeper.app.signals.Archive;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.domain.environment.Tier;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// An environment that the window offers to open.
///
/// @param tier `null` when its file cannot be read
/// @param problems what is wrong with its file; it cannot be opened then
/// @param open blocks while it connects; its exception's message is for the person
public record EnvironmentChoice(String name, @Nullable Tier tier, String about, List<String> problems, Callable<Opened> open) {
    /// @param signals what was read of it; the window adds what it sees
    /// @param archive what was kept of it
    public record Opened(EnvironmentAccess access, RunDesk desk, SignalHistory signals, Archive archive) {}
}
