package io.lockkeeper.cli;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.alerting.MetricsPage;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "watch", mixinStandardHelpOptions = true, description = {
        "Watches an environment until it is stopped (Ctrl-C, SIGTERM), and says when a trigger changes.",
        "Holds the environment where nobody else does, and then also goes on with a run that is open in it; else it follows, and takes over when the holder is gone."})
final class WatchCommand implements Callable<Integer> {
    private static final String USUAL_ADDRESS = "127.0.0.1:9464";
    private static final Pattern ADDRESS = Pattern.compile("(?:([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):)?(\\d{1,5})");

    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--metrics", arity = "0..1", fallbackValue = USUAL_ADDRESS, paramLabel = "ADDRESS", description = "serves /metrics for a Prometheus; at "
            + USUAL_ADDRESS + " unless another host:port is given")
    @Nullable
    String metrics;

    private final Desk desk;
    private final Terminal terminal;

    WatchCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        var stopped = new CountDownLatch(1);
        try (var _ = desk.whenStopped(stopped::countDown); var opened = desk.watch(environment.environment)) {
            var triggers = desk.triggers(environment.environment);
            try (var _ = page(() -> page(opened, triggers)); var _ = opened.access().watch(new TriggerTape(terminal)::on)) {
                stopped.await();
            }
            terminal.say("stopped");
        }
        return Exit.GOOD;
    }

    private Desk.Closing page(Supplier<String> page) throws Desk.Unusable {
        if (metrics == null) {
            return () -> {
                // nothing is served
            };
        }
        var address = ADDRESS.matcher(metrics);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
            throw new Desk.Unusable("--metrics " + metrics + " is no address; write it like " + USUAL_ADDRESS);
        }
        var host = address.group(1) == null ? "127.0.0.1" : address.group(1).replaceAll("[\\[\\]]", "");
        var served = desk.alerting().serve(host, Integer.parseInt(address.group(2)), page);
        terminal.say("metrics at " + served.address()
                + (served.loopback()
                        ? ", for this computer only"
                        : ", for every computer that can reach it: nothing asks for a password"));
        return served.closing();
    }

    private String page(Desk.Opened opened, TriggerSet triggers) {
        Snapshot snapshot = opened.access().snapshot();
        RunState run = snapshot.run();
        var now = desk.now();
        var drill = snapshot.drill();
        return MetricsPage.of(new MetricsPage.Scene(opened.access().environment().name(), desk.version(), snapshot.following(),
                run != null && run.open(), drill != null && drill.lasts(now), triggers, snapshot.watch(), now));
    }
}
