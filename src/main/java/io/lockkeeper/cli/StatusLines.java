package io.lockkeeper.cli;

import io.lockkeeper.app.DownNodes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.doc.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What `status` says of a snapshot.
final class StatusLines {
    private final Snapshot snapshot;
    private final Environment environment;

    StatusLines(Snapshot snapshot, Environment environment) {
        this.snapshot = snapshot;
        this.environment = environment;
    }

    List<String> words() {
        var lines = new ArrayList<String>();
        lines.add(environment.name() + " (" + environment.tier().name().toLowerCase(Locale.ROOT) + "), held by "
                + snapshot.holder());
        control().ifPresent(words -> lines.add("  control: " + words));
        DownNodes.words(environment.nodeNames(), snapshot.fleet(), snapshot.at()).ifPresent(words -> lines.add("  " + words));
        snapshot.links().forEach(link -> lines.add("  " + link.name() + ": " + state(link)));
        environment.nodeNames().forEach(node -> lines.add("  " + node + "  " + node(node)));
        var run = snapshot.run();
        if (run != null && run.open()) {
            lines.add("run " + run.run() + " (" + run.start().plan().title() + ") is open"
                    + (run.held() == null ? "" : ", held by " + run.held().actor()));
            if (!run.start().plan().watch().isEmpty()) {
                lines.add("  guarded by " + String.join(", ", run.start().plan().watch()));
            }
            run.current().forEach(step -> lines.add("  " + step.path() + ": " + step.state().words()
                    + (step.words().isEmpty() ? "" : ", " + step.words())));
            run.stopped().forEach(step -> lines.add("  " + step.path() + ": " + step.state().words() + ", " + step.words()));
        }
        lines.addAll(new SignalLines(snapshot.signals(snapshot.at())).words());
        if (snapshot.watch() != null) {
            lines.addAll(WatchLines.of(snapshot.watch(), snapshot.at()));
        }
        if (snapshot.history() != null) {
            lines.add("history: " + snapshot.history());
        }
        snapshot.channels().forEach(one -> lines.add("notify " + one.name() + " (" + one.endpoint() + "): " + one.words()));
        return lines;
    }

    private Optional<String> control() {
        var who = snapshot.control();
        if (who != null) {
            return Optional.of(who.actor() + " for " + Durations.words(Duration.ofSeconds(
                    Math.max(1, Duration.between(snapshot.at(), who.until()).toSeconds()))) + " more, until "
                    + who.until().truncatedTo(ChronoUnit.SECONDS) + (who.reason().isBlank() ? "" : " (" + who.reason() + ")"));
        }
        return environment.guards().control() ? Optional.of("nobody; it is read-only") : Optional.empty();
    }

    private static String state(LinkView link) {
        return switch (link.state()) {
            case LinkState.Offline _ -> "not connected";
            case LinkState.Connecting(int attempt, _, var cause) when attempt > 1 ->
                "lost: " + cause + "; trying again (attempt " + attempt + ")";
            case LinkState.Connecting _ -> "connecting";
            case LinkState.Live _ -> "live";
            case LinkState.Stale(_, var heard) -> "silent since " + heard;
            case LinkState.Waiting(int attempt, _, var cause) ->
                "lost: " + cause + "; trying again (attempt " + attempt + " failed)";
            case LinkState.Refused(var cause, _) -> "REFUSED: " + cause;
        };
    }

    private String node(String node) {
        var words = new StringJoiner(", ");
        for (var balancer : environment.balancers()) {
            var sight = snapshot.fleet().balancers().get(balancer);
            var server = Optional.ofNullable(sight).flatMap(Sight::newest).map(reading -> reading.servers().get(node));
            words.add(balancer + ": "
                    + server.map(one -> one.admin().words() + " / " + one.observed().words() + ", " + one.sessions()
                            + " sessions").orElse("not read")
                    + age(sight));
        }
        var view = snapshot.fleet().views().get(node);
        words.add("itself: " + Optional.ofNullable(view).flatMap(Sight::newest).map(StatusLines::own).orElse("does not answer")
                + age(view));
        return words.toString();
    }

    private static String own(NodeReading view) {
        return (view.version() == null ? "version not told" : view.version())
                + (view.ready() == null ? ", readiness not told" : view.ready() ? ", ready" : ", not ready")
                + (view.connections() == null ? "" : ", " + view.connections() + " connections");
    }

    private String age(@Nullable Sight<?> sight) {
        if (!(sight instanceof Sight.Unseen<?> unseen)) {
            return "";
        }
        return " (" + unseen.why()
                + unseen.readAt().map(at -> ", last read " + Duration.between(at, snapshot.at()).toSeconds() + " s ago")
                        .orElse("")
                + ")";
    }
}
