package io.lockkeeper.app.watch;

import io.lockkeeper.domain.environment.ControlsSpec;
import io.lockkeeper.domain.observer.Control;
import io.lockkeeper.port.ControlTargets;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/// Asks the control targets: each in its rhythm, and sooner after a loss or a first failure. Owned by the session's thread; the questions
/// themselves block in the background.
final class Controls {
    private static final Duration SOONEST = Duration.ofSeconds(1);

    private final ControlTargets targets;
    private final ControlsSpec spec;
    private final Executor background;
    private final Executor mailbox;
    private final Map<String, Control> known = new LinkedHashMap<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private final Set<String> underway = new HashSet<>();

    /// @param spec its rhythm; the targets are those of `targets`
    Controls(ControlTargets targets, ControlsSpec spec, Executor background, Executor mailbox) {
        this.targets = targets;
        this.spec = spec;
        this.background = background;
        this.mailbox = mailbox;
        targets.targets().forEach(target -> known.put(target, new Control(target)));
    }

    /// @param loss the newest loss that nobody of ours wanted
    void look(Instant now, Instant loss) {
        for (var control : List.copyOf(known.values())) {
            var before = begun.getOrDefault(control.target(), Instant.MIN);
            boolean sooner = (loss.isAfter(before) || control.failures() == 1) && !now.isBefore(later(before, SOONEST));
            if (!underway.contains(control.target()) && (sooner || !now.isBefore(later(before, spec.every())))) {
                ask(control.target(), now);
            }
        }
    }

    private static Instant later(Instant before, Duration by) {
        return before.equals(Instant.MIN) ? before : before.plus(by);
    }

    private void ask(String target, Instant now) {
        begun.put(target, now);
        underway.add(target);
        background.execute(() -> {
            var why = answer(target);
            mailbox.execute(() -> {
                underway.remove(target);
                known.computeIfPresent(target, (_, control) -> why.isEmpty() ? control.answers(now) : control.fails(now, why));
            });
        });
    }

    /// @return why there was none; empty where there was one
    private String answer(String target) {
        try {
            targets.ask(target, spec.limit());
            return "";
        } catch (LinkFault e) {
            return e.why();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "the console stopped";
        } catch (RuntimeException e) {
            return "an error of the console itself: " + e;
        }
    }

    /// How long after one question a target may at most have failed the next.
    Duration rhythm() {
        return spec.every().plus(spec.limit());
    }

    int failing() {
        return spec.failing();
    }

    List<Control> all() {
        return List.copyOf(known.values());
    }
}
