package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.fleet.AdminState;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One node as it was when a run began: where rolling back puts it.
///
/// @param version observed, not configured; `null` when the node did not say, and then no version can be restored
/// @param admin by balancer name
/// @param weight by balancer name, in its own units
public record RestorePoint(String node, @Nullable String version, Map<String, AdminState> admin, Map<String, Integer> weight) {
    public RestorePoint {
        admin = Collections.unmodifiableMap(new TreeMap<>(admin));
        weight = Collections.unmodifiableMap(new TreeMap<>(weight));
    }

    /// True when every balancer already kept the node out before the run: rolling back leaves it out.
    public boolean wasOut() {
        return !admin.isEmpty() && admin.keySet().stream().allMatch(this::wasOutAt);
    }

    /// True when this balancer already kept the node out before the run.
    public boolean wasOutAt(String balancer) {
        var before = admin.get(balancer);
        return before == AdminState.DRAINED || before == AdminState.MAINTENANCE;
    }
}
