package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.watch.Felt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What happens in a model: orders are carried out, nodes die and start, balancers reload, other people do as they please.
public final class ModelService {
    static final Duration STARTS_WITHIN = Duration.ofSeconds(2);

    private final Model model;
    private final Clients clients;
    private final ModelWatch watch;
    private final List<Op> received = new ArrayList<>();
    private final List<Op> applied = new ArrayList<>();
    private Duration nextStart = STARTS_WITHIN;
    private boolean nextNeverStarts;

    public ModelService(Model model, Random random, int clientsPerNode, int stubborn) {
        this.model = model;
        this.clients = new Clients(model, random);
        this.watch = new ModelWatch(model);
        clients.connect(clientsPerNode, stubborn);
    }

    /// What clients of ours felt.
    Felt felt(@Nullable RunState run) {
        return watch.felt(run);
    }

    /// Whoever watches was away for so long.
    void lookedAway(Duration time) {
        watch.fault(time);
    }

    /// How many clients of ours have no session, as it really is.
    public long out() {
        return watch.out();
    }

    public Model model() {
        return model;
    }

    /// Every request that was handed over to be sent, in that order.
    public List<Op> received() {
        return received;
    }

    /// Every request that was carried out, in that order; twice where the network delivered it twice.
    public List<Op> applied() {
        return applied;
    }

    void apply(Op op) {
        applied.add(op);
        switch (op.order()) {
            case Order.Drain(var node, var balancer) -> drain(node, balancer);
            case Order.Enable(var node, var balancer) -> enable(node, balancer);
            case Order.Share(var node, var balancer, int percent) ->
                model.change(() -> model.balancer(balancer).weight(node, Math.round(ModelBalancer.NORMAL * percent / 100f)));
            case Order.CloseSessions(var node, var balancer, int perSecond, int code) ->
                clients.closed(node, balancer, perSecond, code);
            case Order.Restart(var node) -> begin(node, model.node(node).version());
            case Order.Deploy(var node, var version) -> begin(node, version);
            case Order.Errand _,Order.Probe _ -> {
                // changes nothing that the model has; that an errand was carried out is on record
            }
        }
    }

    /// What an errand's confirmation reads.
    public boolean hasCarriedOut(Order order) {
        return applied.stream().anyMatch(op -> op.order().equals(order));
    }

    /// Also when somebody else does it.
    public void drain(String node, String balancer) {
        model.change(() -> model.balancer(balancer).admin(node, AdminState.DRAINED));
        clients.drained(node, balancer);
        watch.drained(node);
    }

    /// Also when somebody else does it.
    public void enable(String node, String balancer) {
        model.change(() -> model.balancer(balancer).admin(node, AdminState.ENABLED));
    }

    public void weight(String node, String balancer, int weight) {
        model.change(() -> model.balancer(balancer).weight(node, weight));
    }

    /// The next process to be started takes so long.
    public void nextStartTakes(Duration time) {
        nextStart = time;
    }

    /// The next process to be started never gets ready.
    public void nextStartNeverEnds() {
        nextNeverStarts = true;
    }

    /// A new process of a node, by our order or by somebody else's.
    public void begin(String node, String version) {
        var one = model.node(node);
        clients.cut(node);
        watch.cut(node);
        model.change(() -> one.begin(version, model.time().now(), model.time().ticks()));
        int turn = one.turns();
        if (!nextNeverStarts) {
            model.time().in(nextStart, () -> {
                if (one.turns() == turn) {
                    model.change(one::up);
                }
            });
        }
        nextStart = STARTS_WITHIN;
        nextNeverStarts = false;
    }

    /// The process ends by itself; `again` after that its supervisor starts another, or never when negative.
    public void die(String node, Duration again) {
        var one = model.node(node);
        clients.cut(node);
        watch.cut(node);
        model.change(one::down);
        int turn = one.turns();
        if (!again.isNegative()) {
            model.time().in(again, () -> {
                if (one.turns() == turn) {
                    begin(node, one.version());
                }
            });
        }
    }

    public void reload(String balancer) {
        model.change(() -> model.balancer(balancer).reload());
    }

    public void readable(String balancer, boolean now) {
        model.change(() -> model.balancer(balancer).answers(now));
    }

    /// Everything that can mend itself does: who is down starts, who could not be read answers, who stayed on a drained node leaves.
    public void heal() {
        nextStart = STARTS_WITHIN;
        nextNeverStarts = false;
        model.environment().balancers().forEach(name -> readable(name, true));
        model.environment().nodeNames().stream().filter(name -> !model.node(name).isUp())
                .forEach(name -> begin(name, model.node(name).version()));
        clients.everybodyLeavesDrained();
    }
}
