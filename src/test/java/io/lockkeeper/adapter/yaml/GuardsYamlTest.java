package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an environment asks for before something disruptive is done; its mistakes are in `refused-environments`.
class GuardsYamlTest {
    private static final String KEY = "MCowBQYDK2VwAyEA3iAdOi6g6Pv5Rg8zEYNwPxUIPY4p0gxbe4xy+LxxKMg=";

    private static Guards guards(String tier, String more) {
        var read = EnvironmentYaml.read("shop.yaml", """
                lockkeeper: 1
                environment: shop
                tier: %s
                nodes: { ws-1: { capacity: 500 }, ws-2: { capacity: 800 }, ws-3: }
                service: { url: "http://127.0.0.1:9080", token: { file: token } }
                %s
                """.formatted(tier, more));
        assertThat(read.problems()).isEmpty();
        return read.file().orElseThrow().guards();
    }

    @ParameterizedTest
    @CsvSource({"production, '', true", "staging, '', false", "sandbox, '', false", "production, control: free, false",
            "sandbox, control: required, true"})
    void productionIsReadOnlyUntilSomebodyTakesControlUnlessItsFileSaysOtherwise(String tier, String line, boolean required) {
        assertThat(guards(tier, line).control()).isEqualTo(required);
    }

    @Test
    void rosterCapacitiesAndWhoOwnsVersionsArriveTyped() {
        var guards = guards("staging", """
                versionsOwnedBy: the pipeline of team chat
                people:
                  - { name: ada, key: %s, may: [approve, release] }
                  - { name: "Kim Possible", key: %s, may: [] }
                """.formatted(KEY, "MCowBQYDK2VwAyEA9twerrZnlNYPAuYgvE2L4zln8u5TtjsnzIUKouN7opM="));
        assertThat(guards.people()).containsExactly(new Person("ada", KEY, Set.of("approve", "release")),
                new Person("Kim Possible", "MCowBQYDK2VwAyEA9twerrZnlNYPAuYgvE2L4zln8u5TtjsnzIUKouN7opM=", Set.of()));
        assertThat(guards.capacity()).isEqualTo(Map.of("ws-1", 500L, "ws-2", 800L));
        assertThat(guards.pipeline()).isEqualTo("the pipeline of team chat");
        assertThat(guards("staging", "").people()).isEqualTo(List.of());
    }
}
