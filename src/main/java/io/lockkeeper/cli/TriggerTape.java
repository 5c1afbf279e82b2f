package io.lockkeeper.cli;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.TriggerReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One line for whatever changes while somebody watches: who holds, who watches, where each trigger stands. One thread.
final class TriggerTape {
    private final Terminal terminal;
    private final Map<String, String> phases = new HashMap<>();
    private String holder = "";
    private String watcher = "";

    TriggerTape(Terminal terminal) {
        this.terminal = terminal;
    }

    void on(Snapshot snapshot) {
        if (!holder.equals(snapshot.holder())) {
            holder = snapshot.holder();
            var run = snapshot.run();
            say(snapshot, "held by " + holder + (run != null && run.open() ? "; run " + run.run() + " is open" : ""), false);
        }
        var watch = snapshot.watch();
        var words = watch == null ? "nobody is watching" : watch.watcher().words();
        if (!watcher.equals(words)) {
            watcher = words;
            say(snapshot, words, watch == null || !watch.watcher().watching());
        }
        (watch == null ? List.<TriggerReading>of() : watch.triggers()).forEach(one -> trigger(snapshot, one));
    }

    private void trigger(Snapshot snapshot, TriggerReading one) {
        var before = phases.put(one.name(), one.phase().word());
        boolean news = before == null ? !(one.phase() instanceof Phase.Quiet) : !before.equals(one.phase().word());
        if (news) {
            say(snapshot, "trigger " + one.name() + " " + one.phase().word() + ": " + one.phase().words(),
                    one.phase() instanceof Phase.Fired || one.phase() instanceof Phase.Blind);
        }
    }

    private void say(Snapshot snapshot, String words, boolean loud) {
        terminal.say(terminal.dim(snapshot.at().toString().substring(11, 19)) + " " + (loud ? terminal.loud(words) : words));
    }
}
