package io.lockkeeper.cli;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.doc.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "clients", mixinStandardHelpOptions = true, description = {
        "Holds real client sessions through an environment's front door and tells what they meet, once a second and in sum.",
        "Ends with 0 when every client is connected at the end and no session and no message was lost or came twice.",
        "Probes of single nodes are told apart, and count for none of that."})
final class ClientsCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(999);

    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30s", description = "how long, e.g. 30s or 1h (default ${DEFAULT-VALUE})")
    String duration = "30s";

    @Option(names = "--sentinels", paramLabel = "N", description = "how many clients stay connected; else as the environment's file says")
    @Nullable
    Integer sentinels;

    @Option(names = "--cyclers", paramLabel = "N", description = "how many clients close and come back on purpose; else as the environment's file says")
    @Nullable
    Integer cyclers;

    @Option(names = "--record", paramLabel = "FILE", description = "writes what they meet into a new file, for \"triggers replay\"")
    @Nullable
    Path recording;

    private final Desk desk;
    private final Terminal terminal;

    ClientsCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        var length = Durations.parse(duration).filter(given -> given.isPositive() && given.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new Desk.Unusable("--for " + duration + " is no duration; write it like 30s, 5m or 1h"));
        if (recording == null) {
            return watch(length, _ -> {
                // counted by the clients themselves
            }, () -> {
                // nothing is kept
            });
        }
        try (var tape = new EventTape(desk.record(recording))) {
            return watch(length, tape::on, tape::write);
        }
    }

    private interface EachSecond {
        void run() throws Desk.Unusable;
    }

    private int watch(Duration length, Consumer<ClientEvent> listener, EachSecond eachSecond)
            throws Desk.Unusable, InterruptedException {
        try (var clients = desk.clients(environment.environment, given("--sentinels", sentinels), given("--cyclers", cyclers),
                listener); var _ = desk.whenInterrupted(clients::close)) {
            var before = clients.reading();
            terminal.say(before.clients() + " clients connect");
            long seconds = length.plusMillis(999).toSeconds();
            for (long second = 1; second <= seconds; second++) {
                TimeUnit.MILLISECONDS.sleep(second < seconds ? 1000 : length.minusSeconds(seconds - 1).toMillis());
                eachSecond.run();
                var now = clients.reading();
                terminal.say(ClientLines.second(second, before, now));
                before = now;
            }
            ClientLines.summary(before).forEach(terminal::say);
            ClientLines.probes(clients.probes(), desk.now()).forEach(terminal::say);
            return isGood(before) ? Exit.GOOD : Exit.BAD;
        }
    }

    private static OptionalInt given(String option, @Nullable Integer number) throws Desk.Unusable {
        if (number != null && (number < 0 || number > 100_000)) {
            throw new Desk.Unusable(option + " goes from 0 to 100000");
        }
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static boolean isGood(FleetReading all) {
        return all.connected() == all.clients() && all.lostSessions() == 0 && all.lostMessages() == 0
                && all.duplicatedMessages() == 0;
    }
}
