package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.lab.Lab;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What is true of a lab, looked at past the console and its wires ten times a second, with the time of each look.
final class Truth implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"version\":\"(\\w+)\"");

    /// @param drained by node, where HAProxy answered
    /// @param versions by node, where the node itself answered
    private record Look(Instant begun, Instant ended, Map<String, Boolean> drained, Map<String, String> versions) {}

    private final Lab lab;
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("truth").factory());

    Truth(Lab lab) {
        this.lab = lab;
        var _ = clock.scheduleWithFixedDelay(() -> looks.add(look()), 0, 100, TimeUnit.MILLISECONDS);
    }

    private Look look() {
        var begun = Instant.now();
        var states = lab.edge.runtime("show servers state ws_nodes");
        var drained = new HashMap<String, Boolean>();
        var versions = new HashMap<String, String>();
        for (var node : Lab.NODES) {
            states.lines().filter(line -> line.contains(" " + Lab.server(node) + " "))
                    .forEach(line -> drained.put(node, line.split(" ", -1)[6].equals("8")));
            var match = VERSION.matcher(lab.says(node));
            if (match.find()) {
                versions.put(node, match.group(1));
            }
        }
        return new Look(begun, Instant.now(), drained, versions);
    }

    boolean drained(String node) {
        return look().drained().getOrDefault(node, false);
    }

    /// Empty when the node does not answer.
    String version(String node) {
        return look().versions().getOrDefault(node, "");
    }

    /// No action step was said to have succeeded and was then seen not to be in effect, before anything else was ordered of its node.
    void nothingWasSaidTooEarly(RunRecord record) {
        looks.add(look()); // the last step of a run that has just ended has not been looked at yet
        var plan = record.first(RunEvent.RunStarted.class, _ -> true).orElseThrow().plan();
        int compared = 0;
        for (var step : record.succeeded()) {
            if (plan.leaf(step.path()).orElse(null) instanceof Step.Action action) {
                var until = record.all(RunEvent.OpIntended.class)
                        .filter(intent -> !intent.at().isBefore(step.at()) && intent.op().order().isOf(action.node())
                                && !(intent.op().order() instanceof Order.Probe))
                        .map(RunEvent::at).findFirst().orElse(Instant.MAX);
                for (var look : looks) {
                    if (look.begun().isAfter(step.at()) && look.ended().isBefore(until)) {
                        compared++;
                        assertThat(contradicts(look, action)).as("%s succeeded at %s, and then: %s", step.path(), step.at(), look)
                                .isFalse();
                    }
                }
            }
        }
        assertThat(compared).as("looks that could have contradicted").isPositive();
    }

    private static boolean contradicts(Look look, Step.Action action) {
        var drained = look.drained().get(action.node());
        var version = look.versions().get(action.node());
        return switch (action.verb()) {
            case DRAIN -> Boolean.FALSE.equals(drained);
            case ENABLE -> Boolean.TRUE.equals(drained);
            case DEPLOY, ROLLBACK -> version != null && !version.equals(action.version());
            case RESTART, SHARE, CLOSE_SESSIONS -> false;
        };
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
