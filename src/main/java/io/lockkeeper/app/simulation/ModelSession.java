package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.SessionRoll;
import java.time.Instant;

/// One client's session as it really is. It lives on through its client's reconnections.
final class ModelSession {
    private final String id;
    private String node;
    private String balancer;
    private int generation;
    private boolean open = true;
    private int code;
    private Instant since;
    private final boolean stays;

    /// @param stays whether its client stays on a draining node until it is cut
    ModelSession(String id, String node, String balancer, int generation, Instant since, boolean stays) {
        this.id = id;
        this.node = node;
        this.balancer = balancer;
        this.generation = generation;
        this.since = since;
        this.stays = stays;
    }

    String id() {
        return id;
    }

    String node() {
        return node;
    }

    String balancer() {
        return balancer;
    }

    /// The balancer's generation that carries it.
    int generation() {
        return generation;
    }

    boolean isOpen() {
        return open;
    }

    boolean isOpenOn(String where) {
        return open && node.equals(where);
    }

    boolean stays() {
        return stays;
    }

    void close(int with, Instant at) {
        open = false;
        code = with;
        since = at;
    }

    void open(String at, String through, int carriedBy, Instant now) {
        node = at;
        balancer = through;
        generation = carriedBy;
        open = true;
        code = 0;
        since = now;
    }

    SessionRoll.Place place() {
        return new SessionRoll.Place(node, open, code, false, since);
    }
}
