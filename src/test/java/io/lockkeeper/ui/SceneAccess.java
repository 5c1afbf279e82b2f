package io.lockkeeper.ui;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.app.Watchers;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// An environment that stands still at one moment, and remembers what was asked of it.
public class SceneAccess implements EnvironmentAccess {
    public final List<Command> given = new CopyOnWriteArrayList<>();
    private final Environment environment;
    private final Watchers watchers = new Watchers();
    private final List<KeptEpisode> remembered;
    private volatile Snapshot snapshot;
    private volatile String refusal = "";

    public SceneAccess(Scenes.Scene scene) {
        this.environment = scene.environment();
        this.snapshot = scene.snapshot();
        this.remembered = scene.episodes();
    }

    public void show(Snapshot next) {
        snapshot = next;
        watchers.publish(next);
    }

    /// Whatever is given from now on is refused.
    public void refuse(String why) {
        refusal = why;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Submitted submit(String run, Command command) {
        given.add(command);
        return refusal.isEmpty() ? new Submitted.Taken(1) : new Submitted.Refused(refusal);
    }

    @Override
    public Submitted setKnownGood(String actor, Map<String, String> versions) {
        return new Submitted.Taken(1);
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Watching watch(Consumer<Snapshot> watcher) {
        return watchers.add(watcher, snapshot);
    }

    @Override
    public List<Entry> entries(long fromSeq) {
        return List.of();
    }

    @Override
    public List<Recorded> events(String run) {
        return snapshot.events();
    }

    @Override
    public List<String> logTail(String node, int lines) {
        return List.of("2026-11-24 03:12:07.114 INFO  " + node + " accepts sessions", "2026-11-24 03:12:09.870 WARN  " + node
                + " resume refused: token of another node");
    }

    @Override
    public List<KeptEpisode> remembered() {
        return remembered;
    }

    @Override
    public void close() {}
}
