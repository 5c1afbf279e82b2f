package io.lockkeeper.domain.alerting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a drill was seen to have come, at one look; `null` for what could not be asked.
///
/// @param shown Prometheus has read from a watcher that there is a drill
/// @param firing Prometheus has its alert firing
/// @param received Alertmanager has it; `null` also where there is none to be asked
/// @param suppressed Alertmanager has it and tells nobody, for a silence or an inhibition
/// @param faults what could not be asked and why, in words
public record DrillSight(@Nullable Boolean shown, @Nullable Boolean firing, @Nullable Boolean received, boolean suppressed,
        List<String> faults) {
    public DrillSight {
        faults = List.copyOf(faults);
    }
}
