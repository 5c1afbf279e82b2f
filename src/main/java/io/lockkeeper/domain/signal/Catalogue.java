package io.lockkeeper.domain.signal;

import static io.lockkeeper.domain.signal.SourceKind.BALANCERS;
import static io.lockkeeper.domain.signal.SourceKind.CLIENTS;
import static io.lockkeeper.domain.signal.SourceKind.FEED;
import static io.lockkeeper.domain.signal.SourceKind.METRICS;
import static io.lockkeeper.domain.signal.SourceKind.NODES;
import static io.lockkeeper.domain.signal.SourceKind.PROBE;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every signal there is; `docs/signals.md` shows this very list. An environment may add signals of its own under [#CUSTOM].
public final class Catalogue {
    /// What the name of an environment's own signal begins with.
    public static final String CUSTOM = "custom.";

    private static final String NOW = "now";
    private static final String WATCHED = "1m and 5m; metrics: `window`";

    public static final List<CatalogueEntry> ALL = List.of(
            new CatalogueEntry("connections.open", Shape.LEVEL, "connections", "open client connections", NOW, true,
                    Set.of(BALANCERS, NODES, FEED, METRICS)),
            new CatalogueEntry("reconnect.success", Shape.SHARE, "%", "clients that came back in time among those that had to",
                    WATCHED, true, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("reconnect.attempts", Shape.SHARE, "%", "attempts to come back that gave a session among all",
                    WATCHED, true, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("reconnect.time", Shape.TIME, "s", "from the loss of a connection to the next session", WATCHED,
                    true, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("connect.failures", Shape.COUNT, "attempts", "attempts to connect that gave no session", WATCHED,
                    true, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("session.continuity", Shape.SHARE, "%",
                    "returns with the same session, nothing lost, nothing twice", WATCHED, true, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("messages.lost", Shape.COUNT, "messages", "messages that never came", WATCHED, true,
                    Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("messages.duplicated", Shape.COUNT, "messages", "messages that came twice", WATCHED, true,
                    Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("clients.disconnected", Shape.LEVEL, "clients", "clients that are out and should be connected",
                    NOW, false, Set.of(CLIENTS, METRICS)),
            new CatalogueEntry("availability", Shape.SHARE, "%", "1 - out / watched, in client time of the sentinels",
                    "1m and 5m",
                    false, Set.of(CLIENTS)),
            new CatalogueEntry("node.ready", Shape.TRUTH, "", "whether the node says that it is ready", NOW, true, Set.of(NODES)),
            new CatalogueEntry("node.version", Shape.TEXT, "", "the version the node says it runs", NOW, true, Set.of(NODES)),
            new CatalogueEntry("node.admin", Shape.TEXT, "", "what the balancers were ordered about the node", NOW, true,
                    Set.of(BALANCERS)),
            new CatalogueEntry("node.observed", Shape.TEXT, "", "what the balancers see of the node", NOW, true,
                    Set.of(BALANCERS)),
            new CatalogueEntry("node.connections", Shape.LEVEL, "connections", "`connections.open` by the node's own word", NOW,
                    true, Set.of(NODES)),
            new CatalogueEntry("node.sessions", Shape.LEVEL, "connections", "`connections.open` by the balancers' word", NOW,
                    true,
                    Set.of(BALANCERS)),
            new CatalogueEntry("node.moved", Shape.COUNT, "sessions", "what became of the sessions of a drained node",
                    "since the drain", true, Set.of(FEED)),
            new CatalogueEntry("fleet.serving", Shape.LEVEL, "nodes", "nodes known to serve", NOW, false,
                    Set.of(BALANCERS, NODES)),
            new CatalogueEntry("fleet.share", Shape.SHARE, "%", "open connections that a version has among all of them", NOW,
                    false,
                    Set.of(BALANCERS, NODES)),
            new CatalogueEntry("triggers.quiet", Shape.TRUTH, "",
                    "whether no trigger that was asked for holds, has fired or is blind",
                    NOW, false, Set.of(CLIENTS)),
            new CatalogueEntry("probe.resumed", Shape.COUNT, "probes", "probe sessions that were resumed on the node",
                    "gates: since the gate opened; clients: the last 20", true, Set.of(PROBE, CLIENTS)),
            new CatalogueEntry("probe.share", Shape.SHARE, "%", "probes that succeeded among those tried",
                    "since the gate opened", true, Set.of(PROBE)));

    private Catalogue() {}

    public static Optional<CatalogueEntry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
