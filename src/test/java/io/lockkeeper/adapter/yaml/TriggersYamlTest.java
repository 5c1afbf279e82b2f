package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Delivery;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import io.lockkeeper.domain.trigger.TriggerSpec.FailuresInARow;
import io.lockkeeper.domain.trigger.TriggerSpec.Slower;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The triggers of an environment file; its mistakes are in `refused-environments`.
class TriggersYamlTest {
    private static TriggerSet triggers(String more) {
        var read = EnvironmentYaml.read("shop.yaml", """
                lockkeeper: 1
                environment: shop
                tier: staging
                nodes: { ws-1: }
                service: { url: "http://127.0.0.1:9080", token: { file: token } }
                %s
                """.formatted(more));
        assertThat(read.problems()).isEmpty();
        return read.file().orElseThrow().triggers();
    }

    @Test
    void whatAFileDoesNotMentionStaysUsual() {
        assertThat(triggers("")).isEqualTo(TriggerSet.USUAL).isEqualTo(triggers("triggers: {}"));
        assertThat(triggers("delivery: at-least-once")).isEqualTo(TriggerSet.usual(Delivery.AT_LEAST_ONCE));
        assertThat(triggers("triggers: { success-rate: { for: 4m } }").specs())
                .containsOnlyOnce(new SuccessBelow("success-rate", Action.OFFER, 80, Duration.ofMinutes(1), Duration.ofMinutes(4),
                        Duration.ofMinutes(1)))
                .hasSize(TriggerSet.USUAL.specs().size());
    }

    @Test
    void everyValueCanBeSaidAndOneCanBeSwitchedOffOrAdded() {
        var specs = triggers(
                """
                        delivery: at-most-once
                        triggers:
                          success-rate: { kind: success, lessThan: 85%, window: 2m, for: 3m, pause: 30s, action: offer }
                          emergency-failures: { moreThan: 5, clients: 4, action: alert }
                          slower-reconnects: { moreThan: 30%, atLeast: 500ms, samples: 50, evaluations: 6, window: 10m, young: 1m, oldest: 240h }
                          data-loss: { resume: 90s }
                          tickets: { moreThan: 15%, action: warn }
                          customer-sla: { action: escalate }
                          consensus: { votes: 3 }
                          failure-warning: off
                          mine: { kind: success, lessThan: 99%, window: 1m, for: 0s, action: warn }
                        """)
                .specs();
        assertThat(specs).contains(
                new SuccessBelow("success-rate", Action.OFFER, 85, Duration.ofMinutes(2), Duration.ofMinutes(3),
                        Duration.ofSeconds(30)),
                new FailuresInARow("emergency-failures", Action.ALERT, 5, 4),
                new Slower("slower-reconnects", Action.OFFER, 30, Duration.ofMillis(500), 50, 6, Duration.ofMinutes(10),
                        Duration.ofMinutes(1), Duration.ofDays(10)),
                new DataLoss("data-loss", Action.OFFER, Delivery.AT_MOST_ONCE, Duration.ofSeconds(90)),
                new ByHand("tickets", Action.WARN, ByHand.About.TICKETS, 15),
                new ByHand("customer-sla", Action.ESCALATE, ByHand.About.CUSTOMER, 0),
                new ByHand("consensus", Action.OFFER, ByHand.About.CONSENSUS, 3),
                new SuccessBelow("mine", Action.WARN, 99, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1)));
        assertThat(specs).extracting(TriggerSpec::name).doesNotContain("failure-warning").endsWith("mine");
    }

    /// The page shows the usual triggers as a file would write them.
    @Test
    void theExampleOfThePageIsWhatIsUsual() throws IOException {
        var page = Files.readString(Path.of("docs/environments.md"));
        var example = Pattern.compile("```yaml\n(delivery: .*?)```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).isTrue();
        assertThat(triggers(example.group(1))).isEqualTo(TriggerSet.USUAL);
    }
}
