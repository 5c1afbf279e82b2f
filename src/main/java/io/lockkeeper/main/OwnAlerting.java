package io.lockkeeper.main;

import io.lockkeeper.adapter.http.HttpAlerts;
import io.lockkeeper.adapter.http.HttpNodeView;
import io.lockkeeper.adapter.json.GrafanaJson;
import io.lockkeeper.adapter.metrics.MetricsServer;
import io.lockkeeper.adapter.secrets.LocalSecrets;
import io.lockkeeper.app.AlertPath;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.alerting.AlertRules;
import io.lockkeeper.domain.alerting.Dashboard;
import io.lockkeeper.domain.alerting.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Supplier;

/// What the team's own Prometheus, Alertmanager and Grafana get from here.
record OwnAlerting(EnvironmentFiles environments, Path home) implements Desk.Alerting {
    @Override
    public String rules(String environment) throws Unusable {
        return AlertRules.file(environments.nameIn(environment), environments.triggers(environment),
                "lockkeeper " + MainDesk.VERSION);
    }

    @Override
    public String dashboard(String environment) throws Unusable {
        return GrafanaJson.of(Dashboard.of(environments.nameIn(environment), environments.triggers(environment)));
    }

    @Override
    public Served serve(String host, int port, Supplier<String> page) throws Unusable {
        try {
            var address = InetAddress.getByName(host);
            var server = new MetricsServer(new InetSocketAddress(address, port), MetricsPage.CONTENT_TYPE, page);
            var shown = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port() + "/metrics";
            return new Served(shown, address.isLoopbackAddress(), server::close);
        } catch (UnknownHostException _) {
            throw new Unusable("--metrics: the host " + host + " is not known");
        } catch (IOException e) {
            throw new Unusable("--metrics: " + host + ":" + port + " cannot be listened at: " + e.getMessage());
        }
    }

    @Override
    public AlertPath path(String environment) throws Unusable, InterruptedException {
        var found = environments.find(environment);
        var spec = found.environment().alerting();
        if (spec == null) {
            throw new Unusable(found.file()
                    + " has no section \"alerting\": it says where Prometheus and Alertmanager are, see docs/environments.md");
        }
        var secrets = new LocalSecrets(Objects.requireNonNull(found.file().getParent()), home, System.getenv());
        return new AlertPath(found.environment().name(), new HttpAlerts(spec, HttpNodeView.client(), secrets),
                spec.alertmanager() != null);
    }

    /// Prometheus and Grafana run as somebody else: it is readable by everybody, like any file that is made here.
    @Override
    public void write(Path file, String text) throws Unusable {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unusable(file + " cannot be written: " + e.getClass().getSimpleName());
        }
    }
}
