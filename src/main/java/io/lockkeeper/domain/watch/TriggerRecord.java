package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Said;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the journal says of triggers: which have fired and were not acknowledged, and what people reported. It outlives the console.
///
/// @param latches by trigger, in the order in which they fired
public record TriggerRecord(Map<String, Latch> latches, Said said) {
    public static final TriggerRecord EMPTY = new TriggerRecord(Map.of(), Said.NOTHING);

    public TriggerRecord {
        latches = Collections.unmodifiableMap(new LinkedHashMap<>(latches));
    }

    /// What fires by what was said and has not been written down as fired: evidence by trigger.
    public Map<TriggerSpec, String> due(TriggerSet set, Instant now) {
        var due = new LinkedHashMap<TriggerSpec, String>();
        for (var spec : set.specs()) {
            if (!latches.containsKey(spec.name())
                    && said.phase(spec, now).orElse(null) instanceof Phase.Fired(_, var evidence)) {
                due.put(spec, evidence);
            }
        }
        return due;
    }

    /// @param measured where a trigger stands by what is measured; empty where it need not be told unless it has fired
    List<TriggerReading> readings(TriggerSet set, Function<TriggerSpec, Optional<Phase>> measured, Instant now) {
        var readings = new ArrayList<TriggerReading>();
        var unknown = new LinkedHashMap<>(latches);
        for (var spec : set.specs()) {
            unknown.remove(spec.name());
            measured.apply(spec).map(phase -> stands(spec, phase, now)).or(() -> fired(spec))
                    .ifPresent(phase -> readings.add(TriggerReading.of(spec, phase)));
        }
        unknown.values().forEach(latch -> readings.add(TriggerReading.latched(latch, Action.OFFER, "")));
        return List.copyOf(readings);
    }

    private Optional<Phase> fired(TriggerSpec spec) {
        return Optional.ofNullable(latches.get(spec.name()))
                .map(latch -> new Phase.Fired(latch.since(), latch.evidence() + said.since(spec)));
    }

    /// What people say goes before what is measured, whoever is blind.
    private Phase stands(TriggerSpec spec, Phase measured, Instant now) {
        var told = said.phase(spec, now).filter(phase -> spec instanceof TriggerSpec.ByHand || phase instanceof Phase.Fired);
        return fired(spec).or(() -> told).orElse(measured);
    }

    /// Every trigger of the set, and behind them those that have fired and are not in it.
    public List<TriggerReading> all(TriggerSet set, Function<TriggerSpec, Phase> measured, Instant now) {
        return readings(set, spec -> Optional.of(measured.apply(spec)), now);
    }
}
