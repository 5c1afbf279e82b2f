package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// An environment for those who have none at hand: nodes ws-1, ws-2... behind one balancer that can do everything, on v1, with v2 to come.
public final class ModelEnvironment {
    private static final int CLOSE_CODE = 1012;

    private ModelEnvironment() {}

    public static Environment of(int nodes) {
        var specs = IntStream.rangeClosed(1, nodes).mapToObj(n -> "ws-" + n)
                .map(name -> new Environment.NodeSpec(name, name, "model")).toList();
        var people = List.of("ada", "bea").stream().map(name -> new Person(name, "", Set.of("approve"))).toList();
        return new Environment("model", Tier.SANDBOX, "model", specs, List.of("front"), List.of("v1", "v2"), 1,
                EnumSet.allOf(Capability.class), CLOSE_CODE, new Guards(people, Map.of(), null, false));
    }
}
