package io.lockkeeper.app;

import io.lockkeeper.domain.alerting.AlertRules;
import io.lockkeeper.domain.alerting.DrillSight;
import io.lockkeeper.domain.alerting.Series;
import io.lockkeeper.port.Alerts;
import io.lockkeeper.port.LinkFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way of an environment's alerts through the team's own Prometheus and Alertmanager, as a drill looks at it. Blocks.
public final class AlertPath {
    private final String environment;
    private final Alerts alerts;
    private final boolean alertmanager;

    /// @param alertmanager whether there is one to be asked
    public AlertPath(String environment, Alerts alerts, boolean alertmanager) {
        this.environment = environment;
        this.alerts = alerts;
        this.alertmanager = alertmanager;
    }

    public boolean alertmanager() {
        return alertmanager;
    }

    /// Why a drill could not succeed now, one sentence; empty where nothing is known against it.
    public Optional<String> obstacle() throws InterruptedException {
        try {
            if (alerts.value("max(" + selector(Series.WATCHING) + ")").orElse(0.0) < 1) {
                return Optional.of("Prometheus knows of nobody who watches " + environment + ": start `lockkeeper watch --env "
                        + environment + " --metrics`, and let Prometheus read its page");
            }
            if (!alerts.hasRule(AlertRules.DRILL, selector(Series.DRILL))) {
                return Optional.of("Prometheus has no rule " + AlertRules.DRILL + " for " + environment
                        + ": load what `lockkeeper export alerts " + environment + "` writes");
            }
            return firing() || (alertmanager && received().isPresent())
                    ? Optional.of("the alert of an earlier drill is still there: wait until it is resolved")
                    : Optional.empty();
        } catch (LinkFault e) {
            return Optional.of(e.why());
        }
    }

    public DrillSight look() throws InterruptedException {
        var faults = new ArrayList<String>();
        var shown = asked(() -> alerts.value("max(" + selector(Series.DRILL) + ")").orElse(0.0) >= 1, faults);
        var firing = asked(this::firing, faults);
        var state = alertmanager ? asked(this::received, faults) : null;
        return new DrillSight(shown, firing, state == null ? null : (Boolean) state.isPresent(),
                state != null && state.filter("suppressed"::equals).isPresent(), List.copyOf(faults));
    }

    private boolean firing() throws LinkFault, InterruptedException {
        return alerts.value("count(ALERTS{alertname=\"" + AlertRules.DRILL + "\",alertstate=\"firing\",environment=\""
                + environment + "\"})").orElse(0.0) > 0;
    }

    private Optional<String> received() throws LinkFault, InterruptedException {
        return alerts.received(AlertRules.DRILL, environment);
    }

    private String selector(Series series) {
        return series.key() + "{environment=\"" + environment + "\"}";
    }

    private interface Question<T> {
        T ask() throws LinkFault, InterruptedException;
    }

    private static <T> @Nullable T asked(Question<T> question, List<String> faults) throws InterruptedException {
        try {
            return question.ask();
        } catch (LinkFault e) {
            faults.add(e.why());
            return null;
        }
    }
}
