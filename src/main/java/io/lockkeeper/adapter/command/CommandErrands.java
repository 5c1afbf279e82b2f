package io.lockkeeper.adapter.command;

import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Errands;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The commands of an environment file. A program gets a small environment and the secrets meant for it, and nothing of what it prints is
/// shown once it has been given one.
public final class CommandErrands implements Errands {
    private static final Duration UNKNOWN_SETTLES = Duration.ofHours(1);
    private static final int MOST_WORDS = 160;
    /// What a program may need of the environment that Lockkeeper itself was started in. The rest may hold secrets.
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ",
            "TMPDIR", "SSH_AUTH_SOCK", "SystemRoot", "PATHEXT", "TEMP", "TMP", "USERPROFILE");
    private static final Pattern ERROR_CODE = Pattern.compile("error[=:] ?(\\d+)");

    private final PinnedErrands errands;
    private final Path folder;
    private final Path home;
    private final Map<String, String> variables;
    private final Secrets secrets;
    private final Time time;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    /// @param folder where programs are run, and what `./` means: the environment file's folder
    /// @param home what `~/` means
    /// @param variables the environment of this process, of which little is passed on
    public CommandErrands(PinnedErrands errands, Path folder, Path home, Map<String, String> variables, Secrets secrets,
            Time time) {
        this.errands = errands;
        this.folder = folder.toAbsolutePath();
        this.home = home;
        this.variables = Map.copyOf(variables);
        this.secrets = secrets;
        this.time = time;
    }

    @Override
    public Reply send(Order.Errand order, Call call) throws InterruptedException {
        var left = Duration.between(time.now(), call.deadline());
        if (!left.isPositive()) {
            return over(call, new Reply.Refused("not run: its deadline had passed"));
        }
        ErrandSpec.Command spec;
        Program program;
        try {
            spec = spec(order.name());
            program = program(spec, order, call.op());
        } catch (LinkFault fault) {
            return over(call, new Reply.Refused("not run: " + fault.why()));
        }
        try {
            return over(call, reply(program.run(left), spec));
        } catch (IOException e) {
            return over(call, new Reply.Refused("not run: " + cannotStart(spec, e)));
        }
    }

    private Reply over(Call call, Reply reply) {
        ended.add(call.op());
        return reply;
    }

    private static Reply reply(Program.Ended end, ErrandSpec.Command spec) {
        if (!end.inTime()) {
            return new Reply.NoAnswer("it did not end by its deadline and was ended with what it had started;"
                    + " it may have done part of its work");
        }
        return end.code() == 0
                ? new Reply.Accepted("exit code 0")
                : new Reply.NoAnswer("exit code " + end.code() + complaint(end, spec) + "; it may have done part of its work");
    }

    @Override
    public String read(Order.Errand order, Duration limit) throws LinkFault, InterruptedException {
        if (!(order.confirm() instanceof Readback.Prints(var name, var expected))) {
            throw new IllegalArgumentException("not confirmed by a command: " + order.target());
        }
        var spec = spec(name);
        var end = run(spec, program(spec, order, ""), limit);
        if (!end.inTime()) {
            throw LinkFault.passing("command " + name + " did not end within " + limit.toSeconds() + " s");
        }
        if (end.code() != 0) {
            throw LinkFault.passing("command " + name + " ended with exit code " + end.code() + complaint(end, spec));
        }
        if (!end.out().isWhole()) {
            throw LinkFault.passing("command " + name + " prints more than " + Output.LARGEST / 1024 + " KiB");
        }
        var text = end.out().text().strip();
        return text.equals(expected) ? expected : other(spec.secrets().isEmpty() ? line(text) : "something else", expected);
    }

    /// What is shown of another text must not look like the expected one.
    private static String other(String shown, String expected) {
        return shown.equals(expected) ? shown + " and more" : shown;
    }

    private static Program.Ended run(ErrandSpec.Command spec, Program program, Duration limit)
            throws LinkFault, InterruptedException {
        try {
            return program.run(limit);
        } catch (IOException e) {
            throw LinkFault.permanent(cannotStart(spec, e));
        }
    }

    @Override
    public Duration settlesWithin(Order.Errand order) {
        return errands.find(ErrandKind.COMMAND, order.name()).map(ErrandSpec::settlesWithin).orElse(UNKNOWN_SETTLES);
    }

    @Override
    public boolean mayStillRun(String op) {
        return !ended.contains(op);
    }

    private ErrandSpec.Command spec(String name) throws LinkFault {
        if (errands.find(ErrandKind.COMMAND, name).orElse(null) instanceof ErrandSpec.Command spec) {
            return spec;
        }
        throw LinkFault.permanent("the environment file has no command " + name);
    }

    private Program program(ErrandSpec.Command spec, Order.Errand order, String op) throws LinkFault {
        var version = order.version();
        if (version != null && !ErrandSpec.canFill(version)) {
            throw LinkFault.permanent("the version given cannot be an argument: letters, digits, '-', '_' and '.'");
        }
        var values = errands.values(order.node(), version);
        var missing = spec.missing(values);
        if (missing.isPresent()) {
            throw LinkFault.permanent("command " + spec.name() + " asks for $" + missing.get() + ", and there is none");
        }
        var command = new ArrayList<>(spec.arguments(values));
        command.set(0, place(command.getFirst()));
        var given = new TreeMap<String, String>();
        variables.forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                given.put(name, value);
            }
        });
        if (!op.isEmpty()) {
            given.put("LOCKKEEPER_OP", op);
        }
        for (var secret : spec.secrets().entrySet()) {
            given.put(secret.getKey(), secrets.read(secret.getValue()).reveal());
        }
        return new Program(List.copyOf(command), given, folder, time);
    }

    /// A bare name is looked for where the system looks for programs.
    private String place(String program) {
        if (program.startsWith("~/")) {
            return home.resolve(program.substring(2)).toString();
        }
        return program.contains("/") ? folder.resolve(program).normalize().toString() : program;
    }

    private static String cannotStart(ErrandSpec.Command spec, IOException e) {
        var program = spec.run().getFirst().text();
        var code = ERROR_CODE.matcher(String.valueOf(e.getMessage()));
        return program + switch (code.find() ? code.group(1) : "") {
            case "2" -> " is not there";
            case "13" -> " may not be executed";
            default -> " cannot be started";
        };
    }

    /// The last thing it had to say against it, as far as that can be shown.
    private static String complaint(Program.Ended end, ErrandSpec.Command spec) {
        var last = end.err().text().lines().map(String::strip).filter(line -> !line.isEmpty()).reduce((_, later) -> later);
        return last.isEmpty() || !spec.secrets().isEmpty() ? "" : " (" + line(last.get()) + ")";
    }

    private static String line(String text) {
        var plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "..." : plain;
    }
}
