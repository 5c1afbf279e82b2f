package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.AdminState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One balancer as it really is.
final class ModelBalancer {
    static final int NORMAL = 100;

    private final String name;
    private final Map<String, AdminState> admin = new TreeMap<>();
    private final Map<String, Integer> weight = new TreeMap<>();
    private int generation = 1;
    private boolean answers = true;

    ModelBalancer(String name, List<String> nodes) {
        this.name = name;
        nodes.forEach(node -> {
            admin.put(node, AdminState.ENABLED);
            weight.put(node, NORMAL);
        });
    }

    String name() {
        return name;
    }

    AdminState admin(String node) {
        return admin.getOrDefault(node, AdminState.UNKNOWN);
    }

    void admin(String node, AdminState state) {
        admin.put(node, state);
    }

    int weight(String node) {
        return weight.getOrDefault(node, 0);
    }

    void weight(String node, int share) {
        weight.put(node, share);
    }

    /// A new generation begins with what its file says: whatever was ordered at run time is forgotten.
    void reload() {
        generation++;
        admin.replaceAll((_, _) -> AdminState.ENABLED);
        weight.replaceAll((_, _) -> NORMAL);
    }

    int generation() {
        return generation;
    }

    boolean answers() {
        return answers;
    }

    void answers(boolean now) {
        answers = now;
    }
}
