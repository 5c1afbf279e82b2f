package io.lockkeeper.search;

import io.lockkeeper.app.simulation.ModelNode;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Everything about one seed that is settled before time begins.
///
/// @param chosen at the decision of the runbook with every kind of step
/// @param runbook its id
/// @param version what every node runs at first
/// @param out a node that is out at first; empty for none
/// @param percent how many control calls of a hundred go wrong
/// @param stubborn how many clients of a hundred do not leave by themselves
/// @param chaos how long things go wrong; afterwards everything that can mend itself does
record Script(long seed, Environment environment, String chosen, String runbook, Map<String, String> inputs, boolean guided,
        String version,
        String out, int percent, int clients, int stubborn, Duration chaos) {
    private static final List<Person> PEOPLE = List.of(new Person("ada", "", Set.of("approve")), new Person("kim", "",
            Set.of("approve")));
    static final List<String> RUNBOOKS = List.of("rolling-deploy", "graceful-restart", "drain-node", "return-node", "rollback",
            "everything");

    static Script of(long seed) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        var runbook = RUNBOOKS.get(Math.floorMod(seed, RUNBOOKS.size()));
        int count = 2 + random.nextInt(3);
        var nodes = IntStream.rangeClosed(1, count).mapToObj(n -> "ws-" + n).toList();
        var balancers = random.nextInt(3) == 0 ? List.of("edge-a", "edge-b") : List.of("edge");
        var capabilities = EnumSet.allOf(Capability.class);
        if (random.nextBoolean()) {
            capabilities.remove(Capability.SESSIONS);
        }
        var environment = new Environment("sim", Tier.SANDBOX, "hash",
                nodes.stream().map(node -> new Environment.NodeSpec(node, node, "sim")).toList(), balancers,
                List.of("v1", ModelNode.BAD, "v2"), 1 + (count > 2 ? random.nextInt(2) : 0), capabilities, 1006,
                new Guards(runbook.equals("everything") ? PEOPLE : List.of(), Map.of(), null, random.nextInt(4) == 0),
                new PinnedErrands("sim", List.of(command("flush"), command("empty")),
                        nodes.stream().collect(Collectors.toMap(name -> name, name -> Map.of("node", name)))));
        var node = nodes.get(random.nextInt(count));
        Map<String, String> inputs = new LinkedHashMap<>();
        switch (runbook) {
            case "rolling-deploy" -> inputs.put("version", random.nextInt(4) == 0 ? ModelNode.BAD : "v2");
            case "drain-node", "return-node" -> inputs.put("node", node);
            default -> {
                // has defaults for everything
            }
        }
        if (List.of("rolling-deploy", "graceful-restart", "everything").contains(runbook) && random.nextBoolean()) {
            inputs.put("nodes", some(nodes, random));
        }
        var chosen = List.of("further", "further", "restart", "restart", "back", "stop").get(random.nextInt(6));
        return new Script(seed, environment, chosen, runbook, inputs, random.nextInt(4) == 0,
                runbook.equals("rollback") ? "v2" : "v1",
                runbook.equals("return-node") ? node : "", List.of(0, 5, 10, 20, 40).get(random.nextInt(5)),
                random.nextInt(8), random.nextInt(3) == 0 ? 40 : 0, Duration.ofSeconds(30 + random.nextInt(600)));
    }

    private static ErrandSpec command(String name) {
        return new ErrandSpec.Command(name, List.of(new ErrandSpec.Argument(name, false), new ErrandSpec.Argument("node", true)),
                new TreeMap<>(), Duration.ofSeconds(30));
    }

    private static String some(List<String> nodes, Random random) {
        var left = new ArrayList<>(nodes);
        Collections.shuffle(left, random);
        return String.join(",", left.subList(0, 1 + random.nextInt(left.size())));
    }

    Random dice(int what) {
        return new Random(seed * 31 + what);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + runbook + " " + inputs + (guided ? ", guided" : "") + ", " + environment.nodes().size()
                + " nodes, " + environment.balancers().size() + " balancers, floor " + environment.floor() + ", faults " + percent
                + " %";
    }
}
