package io.lockkeeper.main;

import io.lockkeeper.adapter.command.CommandErrands;
import io.lockkeeper.adapter.control.SocketControls;
import io.lockkeeper.adapter.fleet.NettyClientFleet;
import io.lockkeeper.adapter.haproxy.HaproxyBalancer;
import io.lockkeeper.adapter.http.HttpErrands;
import io.lockkeeper.adapter.http.HttpNodeView;
import io.lockkeeper.adapter.prometheus.PromqlServer;
import io.lockkeeper.adapter.prometheus.ScrapedPage;
import io.lockkeeper.adapter.secrets.LocalSecrets;
import io.lockkeeper.adapter.service.ServiceContact;
import io.lockkeeper.adapter.supervisor.SupervisorLifecycle;
import io.lockkeeper.adapter.websocket.WebSocketProber;
import io.lockkeeper.app.Endpoints;
import io.lockkeeper.app.metrics.MetricsParts;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.LifecycleSpec;
import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.domain.environment.ViewSpec;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.Errands;
import io.lockkeeper.port.FirstValues;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.MetricsPage;
import io.lockkeeper.port.Prober;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An environment file turned into adapters, and into what the domain knows of the environment.
record Contacts(Environment environment, Endpoints endpoints) {
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    static Contacts of(EnvironmentFiles.Found found, Time time) {
        return new Maker(found, time).make();
    }

    /// What watches the environment while somebody holds it; `null` where its file has no clients for that.
    static Watch.@Nullable Parts watch(EnvironmentFiles.Found found, Time time, Past past) {
        var clients = found.environment().clients();
        return clients == null || !clients.watch() ? null : watchAnyway(found, time, past);
    }

    /// The same where somebody asked for it in so many words.
    static Watch.@Nullable Parts watchAnyway(EnvironmentFiles.Found found, Time time, Past past) {
        var clients = found.environment().clients();
        return clients == null
                ? null
                : new Watch.Parts(clients(found, clients, time), found.environment().triggers(), clients.silence(),
                        Watch.Parts.ROOM, new SocketControls(clients.controls().targets()), clients.controls(), past,
                        found.environment().probes());
    }

    /// Clients as the file says, in the given number.
    static ClientFleet clients(EnvironmentFiles.Found found, ClientsSpec spec, Time time) {
        var folder = Objects.requireNonNull(found.file().getParent());
        return new NettyClientFleet(spec, folder, new LocalSecrets(folder, HOME, System.getenv()), time);
    }

    /// What reads the numbers that other systems keep; `null` where the file names none.
    static @Nullable MetricsParts metrics(EnvironmentFiles.Found found, FirstValues firstValues, Time time) {
        var spec = found.environment().metrics();
        return spec == null ? null : new MetricsParts(spec, new Maker(found, time).pages(spec), firstValues);
    }

    private static final class Maker {
        private final EnvironmentFile file;
        private final Path folder;
        private final Time time;
        private final Secrets secrets;
        private final HttpClient http = HttpNodeView.client();
        private final Map<ServiceSpec, ServiceContact> services = new HashMap<>();

        Maker(EnvironmentFiles.Found found, Time time) {
            this.file = found.environment();
            this.time = time;
            this.folder = Objects.requireNonNull(found.file().getParent());
            this.secrets = new LocalSecrets(folder, HOME, System.getenv());
        }

        Contacts make() {
            var balancers = file.balancers().stream().map(this::balancer).toList();
            var lifecycle = switch (file.lifecycle()) {
                case LifecycleSpec.Supervisor supervisor -> new SupervisorLifecycle(supervisor, secrets, time);
                case LifecycleSpec.Service(var service) -> contact(service).lifecycle();
            };
            var view = switch (file.view()) {
                case ViewSpec.Http http -> new HttpNodeView(http, file.nodes(), this.http, secrets, time);
                case ViewSpec.Service(var service) -> contact(service).view();
            };
            var feed = Optional.ofNullable(file.feed()).flatMap(service -> contact(service).feed());
            var probe = Optional.ofNullable(file.probe()).<Prober>map(spec -> new WebSocketProber(spec, file.nodes(), time));
            Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
            balancers.forEach(balancer -> capabilities.addAll(balancer.capabilities()));
            balancers.forEach(
                    balancer -> capabilities.removeIf(one -> isOfBalancers(one) && !balancer.capabilities().contains(one)));
            capabilities.addAll(lifecycle.capabilities());
            capabilities.addAll(view.capabilities());
            feed.ifPresent(_ -> capabilities.add(Capability.SESSIONS));
            probe.ifPresent(_ -> capabilities.add(Capability.PROBE));
            Optional.ofNullable(file.metrics()).ifPresent(_ -> capabilities.add(Capability.METRICS));
            Optional.ofNullable(file.clients()).filter(ClientsSpec::watch).map(ClientsSpec::capabilities)
                    .ifPresent(capabilities::addAll);
            int closeCode = balancers.stream().mapToInt(Balancer::closeCode).max().orElse(1006);
            return new Contacts(file.environment(capabilities, closeCode),
                    new Endpoints(balancers, lifecycle, view, feed, probe, errands()));
        }

        List<MetricsPage> pages(MetricsSpec spec) {
            var pages = new ArrayList<MetricsPage>();
            for (var source : spec.sources()) {
                Set<Ask> asks = spec.of(source).stream().flatMap(signal -> signal.form().asks().stream())
                        .collect(Collectors.toSet());
                switch (source) {
                    case MetricsSpec.Promql promql -> pages.add(new PromqlServer(promql, asks, http, secrets, time));
                    case MetricsSpec.Scrape page when page.perNode() -> file.nodes().forEach(node -> pages
                            .add(new ScrapedPage(page, node.spec().name(), URI.create(page.url().fill(node.forTemplates())), asks,
                                    http, secrets, time)));
                    case MetricsSpec.Scrape page ->
                        pages.add(new ScrapedPage(page, null, URI.create(page.url().text()), asks, http, secrets, time));
                }
            }
            return pages;
        }

        private Map<ErrandKind, Errands> errands() {
            var pinned = file.errandsOfNodes();
            return Map.of(ErrandKind.COMMAND, new CommandErrands(pinned, folder, HOME, System.getenv(), secrets, time),
                    ErrandKind.HTTP, new HttpErrands(pinned, http, secrets, time));
        }

        /// Drained means on all balancers, so all of them must be able to.
        private static boolean isOfBalancers(Capability capability) {
            return capability == Capability.DRAIN || capability == Capability.CLOSE_SESSIONS || capability == Capability.SHARE;
        }

        private Balancer balancer(BalancerSpec spec) {
            return switch (spec) {
                case BalancerSpec.Haproxy haproxy -> new HaproxyBalancer(haproxy, time);
                case BalancerSpec.Service(var name, var service) -> contact(service).balancer(name);
            };
        }

        private ServiceContact contact(ServiceSpec service) {
            return services.computeIfAbsent(service, spec -> {
                var contact = new ServiceContact(spec, file.nodeNames(), http, secrets, time);
                try {
                    contact.learn(Duration.ofSeconds(3));
                } catch (LinkFault _) {
                    // it is down now: its links will say so, and what it can do is learnt with the first reading
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                return contact;
            });
        }
    }
}
