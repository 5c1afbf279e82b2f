package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.AdminState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The clients of a model: they leave a draining node, come back elsewhere when they were cut, and some stay until they are.
final class Clients {
    private static final int GOING_AWAY = 1001;
    private static final int ABNORMAL = 1006;
    private static final long LONGEST_GOODBYE_MS = 12_000;

    private final Model model;
    private final Random random;
    private boolean patient = true;

    Clients(Model model, Random random) {
        this.model = model;
        this.random = random;
    }

    /// @param stubborn how many of a hundred do not leave by themselves
    void connect(int perNode, int stubborn) {
        var names = model.environment().balancers();
        for (var node : model.environment().nodeNames()) {
            for (int i = 1; i <= perNode; i++) {
                var balancer = names.get(random.nextInt(names.size()));
                model.sessions().add(new ModelSession("s-" + node + "-" + i, node, balancer,
                        model.balancer(balancer).generation(), model.time().now(), random.nextInt(100) < stubborn));
            }
        }
    }

    /// A balancer began to drain a node: who came through it leaves when it suits.
    void drained(String node, String balancer) {
        for (var session : List.copyOf(model.sessions())) {
            if (session.isOpenOn(node) && session.balancer().equals(balancer) && !(patient && session.stays())) {
                model.time().in(Duration.ofMillis(random.nextLong(LONGEST_GOODBYE_MS)), () -> {
                    boolean still = session.isOpenOn(node) && session.balancer().equals(balancer)
                            && model.admin(node, balancer) != AdminState.ENABLED;
                    if (still) {
                        leave(session, GOING_AWAY);
                    }
                });
            }
        }
    }

    /// A balancer closes what its present generation carries to a node.
    void closed(String node, String balancer, int perSecond, int code) {
        int generation = model.balancer(balancer).generation();
        var left = model.sessions().stream().filter(session -> session.isOpenOn(node)
                && session.balancer().equals(balancer) && session.generation() == generation).toList();
        int batch = 0;
        for (var each = new ArrayList<>(left); !each.isEmpty(); batch++) {
            var now = each.subList(0, Math.min(Math.max(1, perSecond), each.size()));
            var cut = List.copyOf(now);
            now.clear();
            model.time().in(Duration.ofSeconds(batch),
                    () -> cut.stream().filter(session -> session.isOpenOn(node)).forEach(session -> leave(session, code)));
        }
    }

    /// The node's process ended under its clients.
    void cut(String node) {
        model.sessions().stream().filter(session -> session.isOpenOn(node)).toList().forEach(session -> leave(session, ABNORMAL));
    }

    /// Those who stayed so far have enough of it, and nobody stays from now on.
    void everybodyLeavesDrained() {
        patient = false;
        for (var session : List.copyOf(model.sessions())) {
            if (session.isOpen() && model.admin(session.node(), session.balancer()) != AdminState.ENABLED) {
                leave(session, GOING_AWAY);
            }
        }
    }

    private void leave(ModelSession session, int code) {
        model.change(() -> session.close(code, model.time().now()));
        comeBack(session);
    }

    private void comeBack(ModelSession session) {
        model.time().in(Duration.ofMillis(100 + random.nextLong(1_500)), () -> {
            var places = model.environment().nodeNames().stream().filter(model::serves).toList();
            if (places.isEmpty()) {
                comeBack(session);
            } else {
                var node = places.get(random.nextInt(places.size()));
                var names = model.environment().balancers();
                var balancer = names.get(random.nextInt(names.size()));
                model.change(
                        () -> session.open(node, balancer, model.balancer(balancer).generation(), model.time().now()));
            }
        });
    }
}
