package io.lockkeeper.domain.environment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an environment asks for before something disruptive is done in it.
///
/// @param people the roster
/// @param capacity by node: how many connections it can carry; a node that is not named has no known limit
/// @param pipeline who owns the versions of the nodes, where it is not us; `null` where nobody else deploys
/// @param control whether nothing is ordered before somebody took control
public record Guards(List<Person> people, Map<String, Long> capacity, @Nullable String pipeline, boolean control) {
    public static final Guards NONE = new Guards(List.of(), Map.of(), null, false);

    public Guards {
        people = List.copyOf(people);
        capacity = Map.copyOf(capacity);
    }
}
