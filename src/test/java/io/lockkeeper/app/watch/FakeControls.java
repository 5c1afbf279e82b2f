package io.lockkeeper.app.watch;

import io.lockkeeper.port.ControlTargets;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Control targets that answer unless a test says otherwise.
final class FakeControls implements ControlTargets {
    final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final List<String> targets;

    FakeControls(String... targets) {
        this.targets = List.of(targets);
    }

    void cut() {
        silent.addAll(targets);
    }

    void back() {
        silent.clear();
    }

    @Override
    public List<String> targets() {
        return targets;
    }

    @Override
    public void ask(String target, Duration limit) throws LinkFault {
        if (silent.contains(target)) {
            throw LinkFault.passing("no answer within " + limit.toMillis() + " ms");
        }
    }
}
