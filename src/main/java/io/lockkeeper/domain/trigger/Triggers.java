package io.lockkeeper.domain.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All triggers of an environment, each on its own.
public record Triggers(List<TriggerState> states) {
    public Triggers {
        states = List.copyOf(states);
    }

    public static Triggers of(TriggerSet set) {
        return new Triggers(set.specs().stream().map(TriggerSpec::begin).toList());
    }

    public Triggers at(Moment moment) {
        return new Triggers(states.stream().map(state -> state.at(moment)).toList());
    }

    /// @param name of one trigger; the others stay as they are
    public Triggers acknowledged(String name, Instant at) {
        return new Triggers(
                states.stream().map(state -> state.spec().name().equals(name) ? state.acknowledged(at) : state).toList());
    }

    public Optional<TriggerState> state(String name) {
        return states.stream().filter(state -> state.spec().name().equals(name)).findFirst();
    }
}
