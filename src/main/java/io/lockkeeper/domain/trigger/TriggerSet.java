package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import io.lockkeeper.domain.trigger.TriggerSpec.FailuresInARow;
import io.lockkeeper.domain.trigger.TriggerSpec.Slower;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.time.Duration;
import java.util.List;

/// The triggers of an environment.
///
/// @param specs names are unique
public record TriggerSet(List<TriggerSpec> specs) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /// Where the file says nothing.
    public static final TriggerSet USUAL = usual(Delivery.EXACTLY_ONCE);

    public TriggerSet {
        specs = List.copyOf(specs);
    }

    /// What every environment has unless its file says otherwise.
    public static TriggerSet usual(Delivery delivery) {
        return new TriggerSet(List.of(new SuccessBelow("success-rate", Action.OFFER, 80, MINUTE, FIVE_MINUTES, MINUTE),
                new FailuresInARow("emergency-failures", Action.OFFER, 3, 2),
                new Slower("slower-reconnects", Action.OFFER, 50, Duration.ofSeconds(1), 30, 3, FIVE_MINUTES,
                        Duration.ofMinutes(2),
                        Duration.ofDays(30)),
                new DataLoss("data-loss", Action.OFFER, delivery, FIVE_MINUTES),
                new ByHand("tickets", Action.OFFER, ByHand.About.TICKETS, 20),
                new ByHand("customer-sla", Action.OFFER, ByHand.About.CUSTOMER, 0),
                new ByHand("consensus", Action.OFFER, ByHand.About.CONSENSUS, 2),
                new SuccessBelow("failure-warning", Action.WARN, 95, FIVE_MINUTES, Duration.ZERO, MINUTE),
                new SuccessBelow("success-alert", Action.ALERT, 90, FIVE_MINUTES, Duration.ZERO, MINUTE),
                new SuccessBelow("success-critical", Action.ESCALATE, 80, MINUTE, Duration.ZERO, MINUTE)));
    }
}
