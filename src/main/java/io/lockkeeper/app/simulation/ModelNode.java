package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ProcessState;
import java.time.Instant;
import java.util.Optional;

/// One node as it really is.
public final class ModelNode {
    /// A version that starts, says it is ready, and refuses every session that wants to come back.
    public static final String BAD = "bad";

    private final String name;
    private final String environment;
    private String version;
    private int life = 1;
    private int turns;
    private boolean up = true;
    private Instant startedAt;
    private long bornAt;

    ModelNode(String name, String environment, String version, Instant startedAt) {
        this.name = name;
        this.environment = environment;
        this.version = version;
        this.startedAt = startedAt;
    }

    void down() {
        turns++;
        up = false;
    }

    /// @param tick when, for those who know the truth
    void begin(String next, Instant wall, long tick) {
        version = next;
        life++;
        turns++;
        startedAt = wall;
        bornAt = tick;
        up = false;
    }

    void up() {
        up = true;
    }

    /// Grows with each beginning and each end of a process: what was planned for one of them does not happen to the next.
    int turns() {
        return turns;
    }

    public String name() {
        return name;
    }

    public boolean isUp() {
        return up;
    }

    public String version() {
        return version;
    }

    public int life() {
        return life;
    }

    /// The tick at which its present life began.
    public long bornAt() {
        return bornAt;
    }

    public boolean resumesSessions() {
        return up && !version.equals(BAD);
    }

    Optional<NodeReading> says(long connections) {
        return up
                ? Optional.of(new NodeReading(true, version, name + "-life-" + life, startedAt, connections, environment, name))
                : Optional.empty();
    }

    ProcessReading process() {
        return new ProcessReading(up ? ProcessState.RUNNING : ProcessState.STARTING, null, null, "");
    }
}
