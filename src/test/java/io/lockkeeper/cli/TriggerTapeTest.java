package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggerTapeTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final TriggerTape tape = new TriggerTape(
            new Terminal(stream, stream, new BufferedReader(new StringReader("")), Terminal.Means.PIPE, () -> 100));

    private static Snapshot snapshot(int second, String holder, @Nullable WatchReading watch) {
        return new Snapshot(NOW.plusSeconds(second), holder, true,
                new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Sight.never(NOW)), List.of(), null,
                List.of(), List.of(), null, null, List.of(), watch);
    }

    private static WatchReading watched(Phase phase) {
        return new WatchReading(NOW, new Watcher.Watching("watcher (pid 7)", NOW), null, null, null,
                List.of(new TriggerReading("success-rate", Action.OFFER, "", phase)));
    }

    @Test
    void whateverChangesIsOneLineAndWhatStaysIsNone() {
        tape.on(snapshot(0, "watcher (pid 7)", watched(new Phase.Quiet("by client 100 %"))));
        tape.on(snapshot(1, "watcher (pid 7)", watched(new Phase.Quiet("by client 99 %"))));
        tape.on(snapshot(2, "watcher (pid 7)", watched(new Phase.Holding(NOW, null, "0:00 of 5:00"))));
        tape.on(snapshot(3, "watcher (pid 7)", watched(new Phase.Holding(NOW, null, "0:10 of 5:00"))));
        tape.on(snapshot(4, "watcher (pid 7)", watched(new Phase.Fired(NOW, "by client 0 %"))));
        var gone = watched(new Phase.Fired(NOW, "by client 0 %")).gone(NOW, "the console that watched is gone");
        tape.on(snapshot(5, "watcher (pid 7), gone", gone));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                03:00:00 held by watcher (pid 7)
                03:00:00 watched by watcher (pid 7)
                03:00:02 trigger success-rate holding: 0:00 of 5:00
                03:00:04 trigger success-rate FIRED: by client 0 %
                03:00:05 held by watcher (pid 7), gone
                03:00:05 nobody is watching: the console that watched is gone
                """);
    }

    @Test
    void whatHasFiredAlreadyIsSaidAtTheBeginning() {
        tape.on(snapshot(0, "window (pid 8)", watched(new Phase.Blind(NOW, "no data"))));
        tape.on(snapshot(1, "window (pid 8)", null));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("03:00:00 trigger success-rate BLIND: no data\n",
                "03:00:01 nobody is watching\n");
    }
}
