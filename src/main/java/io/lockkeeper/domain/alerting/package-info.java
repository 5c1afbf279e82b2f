/// What the team's own Prometheus, Alertmanager and Grafana get: the page of a watcher, alert rules and a dashboard from the environment's
/// own limits, and how far a drill has come.
@NullMarked
package io.lockkeeper.domain.alerting;

import org.jspecify.annotations.NullMarked;
