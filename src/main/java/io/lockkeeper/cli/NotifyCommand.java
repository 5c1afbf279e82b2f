package io.lockkeeper.cli;

import io.lockkeeper.app.notify.NotifyTest;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.notify.Receipt;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "notify", mixinStandardHelpOptions = true, description = "Tries the channels by which people are told what comes about.")
final class NotifyCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;

    NotifyCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: notify test");
        return Exit.USAGE;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = {
            "Sends one notification that says that it is a test to each channel, once, and says what became of it.",
            "Ends with 0 when each was accepted, 1 when one was not, 3 when it is not known of one."})
    int test(@Mixin EnvironmentOption option,
            @Option(names = "--channel", paramLabel = "NAME", description = "this one only") @Nullable String channel)
            throws Desk.Unusable, InterruptedException {
        var test = desk.notifyTest(option.environment);
        int worst = Exit.GOOD;
        for (var name : names(test, channel)) {
            var receipt = test.send(name, desk.user(), desk.now());
            var words = name + " (" + test.endpoint(name) + "): " + receipt.words();
            terminal.say(receipt instanceof Receipt.Accepted ? words : terminal.loud(words));
            worst = Math.max(worst, exit(receipt));
        }
        return worst;
    }

    private static List<String> names(NotifyTest test, @Nullable String channel) throws Desk.Unusable {
        if (channel == null) {
            return test.names();
        }
        if (!test.names().contains(channel)) {
            throw new Desk.Unusable("there is no channel \"" + channel + "\"; " + Nearest.suggestion(channel, test.names()));
        }
        return List.of(channel);
    }

    private static int exit(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> Exit.GOOD;
            case Receipt.Refused _,Receipt.Later _ -> Exit.BAD;
            case Receipt.Unknown _ -> Exit.UNKNOWN;
        };
    }
}
