package io.lockkeeper.cli;

import io.lockkeeper.domain.environment.Person;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "key", mixinStandardHelpOptions = true, description = "Makes and shows keys with which somebody approves runs of others.")
final class KeyCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;

    KeyCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: key create, or key show");
        return Exit.USAGE;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = {
            "Makes a key pair in a file that only you may read, or in your keychain, and prints the line for the roster of an environment.",
            "A key that is there is never written over."})
    int create(@Parameters(paramLabel = "NAME", description = "the name you work under, as it stands in journals") String name,
            @Option(names = "--file", paramLabel = "PATH", description = "where to keep it; else keys/NAME.key beside your environments") @Nullable Path file,
            @Option(names = "--keychain", description = "keep it in the keychain of this computer instead of a file") boolean keychain)
            throws Desk.Unusable {
        checked(name);
        if (keychain && file != null) {
            throw new Desk.Unusable("--file and --keychain are two places; say one");
        }
        var made = keychain ? desk.keys().createInKeychain(name) : desk.keys().create(name, file);
        terminal.complain("Kept: " + made.where() + ". It never leaves this computer; this line goes to the roster"
                + " (people:) of each environment whose runs you may approve:");
        terminal.say(line(name, made.publicHalf()));
        return Exit.GOOD;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints the line for the roster of an environment again.")
    int show(@Parameters(paramLabel = "NAME", description = "whose key") String name,
            @Option(names = "--file", paramLabel = "PATH", description = "where it is kept; else keys/NAME.key beside your environments, or the keychain") @Nullable Path file)
            throws Desk.Unusable {
        checked(name);
        terminal.say(line(name, desk.keys().publicHalf(name, file)));
        return Exit.GOOD;
    }

    private static void checked(String name) throws Desk.Unusable {
        if (!Person.isName(name)) {
            throw new Desk.Unusable("\"" + name + "\" cannot be somebody's name: " + Person.NAME_FORM);
        }
    }

    private static String line(String name, String key) {
        var plain = name.matches("[A-Za-z][A-Za-z0-9_.-]*");
        return "  - { name: " + (plain ? name : "\"" + name + "\"") + ", key: " + key + ", may: [approve] }";
    }
}
