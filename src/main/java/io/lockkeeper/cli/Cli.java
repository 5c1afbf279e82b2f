package io.lockkeeper.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. Every command ends with one of the codes of [Exit].
@Command(name = "lockkeeper", mixinStandardHelpOptions = true, versionProvider = Cli.Version.class, description = {
        "Drains, restarts, rolls out and rolls back a live WebSocket service, guided and proved.", ""}, footer = {"",
                "Exit codes: 0 good, 1 ended bad, 2 usage or bad file, 3 outcome unknown."})
public final class Cli implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(DemoCommand.class, StatusCommand.class, ClientsCommand.class,
            LintCommand.class, SimulateCommand.class, RunCommand.class, AttachCommand.class, OrderCommands.HoldCommand.class,
            OrderCommands.ContinueCommand.class, OrderCommands.RollbackCommand.class, OrderCommands.AbortCommand.class,
            SettleCommand.class, JournalCommand.class, WayBackCommand.class, KnownGoodCommand.class, KeyCommand.class,
            RequestCommand.class, ApproveCommand.class, HandInCommand.class, ControlCommand.class, TriggersCommand.class,
            EpisodesCommand.class, SignalsCommand.class, BaselineCommand.class,
            WatchCommand.class, ExportCommand.class, DrillCommand.class, NotifyCommand.class,
            WindowCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    private Cli() {}

    /// Runs one command line.
    ///
    /// @param explain prints the whole stack of an error of the program itself
    public static int run(Desk desk, Terminal terminal, boolean explain, String... arguments) {
        var factory = new Factory(desk, terminal);
        var line = new CommandLine(new Cli(), factory);
        commands(arguments).forEach(command -> line.addSubcommand(new CommandLine(command, factory)));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setExecutionExceptionHandler((e, _, _) -> {
            if (e instanceof Desk.Unusable unusable) {
                terminal.complain(unusable.why());
                return Exit.USAGE;
            }
            if (e instanceof InterruptedException) {
                return Exit.UNKNOWN;
            }
            terminal.complain("an error of Lockkeeper itself: " + e + (explain ? "" : "; set LOCKKEEPER_DEBUG=1 to see where"));
            if (explain) {
                e.printStackTrace(terminal.err());
            }
            return Exit.UNKNOWN;
        });
        return line.execute(arguments);
    }

    /// The one that is named, for the library takes a third of a second to look at all of them; without such a one, all.
    private static List<Class<?>> commands(String... arguments) {
        var first = arguments.length == 0 ? "" : arguments[0];
        var named = COMMANDS.stream().filter(type -> names(type.getAnnotation(Command.class)).contains(first)).toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static List<String> names(Command command) {
        return Stream.concat(Stream.of(command.name()), Stream.of(command.aliases())).toList();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /// Hands desk and terminal to commands whose constructor asks for them.
    private record Factory(Desk desk, Terminal terminal) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 2) {
                    return type.cast(constructor.newInstance(desk, terminal));
                }
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Desk.class) {
                    return type.cast(constructor.newInstance(desk));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /// `lockkeeper 0.1.0`.
    static final class Version implements CommandLine.IVersionProvider {
        private final Desk desk;

        Version(Desk desk) {
            this.desk = desk;
        }

        @Override
        public String[] getVersion() {
            return new String[]{"lockkeeper " + desk.version()};
        }
    }
}
