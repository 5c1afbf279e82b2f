package io.lockkeeper.adapter.supervisor;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.LifecycleSpec;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// supervisord through its XML-RPC. A node is a group with one program per version: deploying is stopping the one and starting the
/// other. "Started" only means that the process stayed up for a moment: whether it serves is for the node itself to say.
public final class SupervisorLifecycle implements Lifecycle {
    private static final int NOT_RUNNING = 70;
    private static final int STOPPING = 40;
    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /// @param code supervisord's number of the state
    private record Program(String group, String name, int code, String state, long pid, String words) {
        String full() {
            return group + ":" + name;
        }

        boolean alive() {
            return code == 10 || code == 20 || code == 30 || code == STOPPING;
        }
    }

    private final LifecycleSpec.Supervisor settings;
    private final SupervisorClient client;
    private final Time time;

    public SupervisorLifecycle(LifecycleSpec.Supervisor settings, Secrets secrets, Time time) {
        this.settings = settings;
        this.client = new SupervisorClient(settings, secrets);
        this.time = time;
    }

    @Override
    public String name() {
        return "supervisor";
    }

    @Override
    public String endpoint() {
        return settings.url();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.RESTART, Capability.DEPLOY);
    }

    @Override
    public Map<String, ProcessReading> read(Duration limit) throws LinkFault, InterruptedException {
        try {
            var programs = programs(limit);
            var readings = new TreeMap<String, ProcessReading>();
            for (var node : settings.groups().entrySet()) {
                var own = programs.stream().filter(program -> program.group().equals(node.getValue())).toList();
                if (own.isEmpty()) {
                    throw LinkFault.permanent(
                            endpoint() + " has no group " + node.getValue() + " for node " + node.getKey() + "; it has "
                                    + String.join(", ", programs.stream().map(Program::group).distinct().toList())
                                    + ": check `groups` in the environment file");
                }
                readings.put(node.getKey(), reading(node.getKey(), node.getValue(), own));
            }
            return readings;
        } catch (SupervisorClient.Lost e) {
            throw LinkFault.passing(e.why(), e);
        } catch (XmlRpc.Fault e) {
            throw LinkFault.passing(endpoint() + " answered fault " + e.code() + " " + e.words(), e);
        }
    }

    private ProcessReading reading(String node, String group, List<Program> own) {
        var alive = own.stream().filter(Program::alive).toList();
        var shown = alive.isEmpty() ? own.stream().max(Comparator.comparingInt(Program::code)).orElseThrow() : alive.getFirst();
        var words = alive.size() > 1
                ? "several programs are alive: " + String.join(", ", alive.stream().map(Program::full).toList())
                : shown.full() + " " + shown.state() + (shown.words().isBlank() ? "" : ", " + shown.words());
        return new ProcessReading(state(shown), alive.isEmpty() ? null : version(node, group, shown.name()),
                shown.pid() == 0
                        ? null
                        : "pid "
                                + shown.pid(),
                words);
    }

    private static ProcessState state(Program program) {
        return switch (program.code()) {
            case 0, 100 -> ProcessState.STOPPED;
            case 10 -> ProcessState.STARTING;
            case 20 -> ProcessState.RUNNING;
            case 40 -> ProcessState.STOPPING;
            case 30, 200 -> ProcessState.FAILED;
            default -> ProcessState.UNKNOWN;
        };
    }

    private @Nullable String version(String node, String group, String program) {
        var known = settings.programs().fill(Map.of("node", node, "group", group));
        var pattern = Pattern.quote(known).replace("{version}", "\\E(.+)\\Q");
        var match = Pattern.compile(pattern).matcher(program);
        return match.matches() && match.groupCount() == 1 ? match.group(1) : null;
    }

    private List<Program> programs(Duration limit) throws LinkFault, SupervisorClient.Lost, XmlRpc.Fault, InterruptedException {
        if (!(client.call(limit, "supervisor.getAllProcessInfo") instanceof List<?> all)) {
            throw LinkFault.passing(endpoint() + " answered something else than its processes");
        }
        var programs = new ArrayList<Program>();
        for (var one : all) {
            if (one instanceof Map<?, ?> info) {
                programs.add(new Program(text(info, "group"), text(info, "name"), (int) number(info, "state"),
                        text(info, "statename"),
                        number(info, "pid"), text(info, "description")));
            }
        }
        return programs;
    }

    private static String text(Map<?, ?> info, String key) {
        return String.valueOf(info.get(key));
    }

    private static long number(Map<?, ?> info, String key) {
        return info.get(key) instanceof Long number ? number : 0;
    }

    @Override
    public Reply send(Order.OfLifecycle order, Call call) throws InterruptedException {
        var group = settings.groups().get(order.node());
        if (group == null) {
            return new Reply.Refused("node " + order.node() + " has no group at " + name());
        }
        List<Program> own;
        try {
            own = programs(READ).stream().filter(program -> program.group().equals(group)).toList();
        } catch (LinkFault e) {
            return new Reply.Refused("not sent: " + e.why());
        } catch (SupervisorClient.Lost e) { // only reading went before, so nothing was changed
            return new Reply.Refused("not sent: " + e.why());
        } catch (XmlRpc.Fault e) {
            return new Reply.Refused(e.words());
        }
        return switch (order) {
            case Order.Restart _ -> own.stream().filter(Program::alive).findFirst().map(Program::full)
                    .or(() -> own.size() == 1 ? Optional.of(own.getFirst().full()) : Optional.empty())
                    .map(program -> change(own, program, call))
                    .orElseGet(() -> new Reply.Refused(
                            "nothing of group " + group + " runs, so there is nothing to restart; deploy a version"));
            case Order.Deploy(_, var version) -> {
                var target = String.valueOf(settings.program(order.node(), version));
                yield own.stream().anyMatch(program -> program.full().equals(target))
                        ? change(own, target, call)
                        : new Reply.Refused("there is no program " + target + "; group " + group + " has "
                                + String.join(", ", own.stream().map(Program::name).toList()));
            }
        };
    }

    /// Stops whatever of the group is alive, then starts the target: several calls, so a failure after the first is never "nothing
    /// changed".
    private Reply change(List<Program> own, String target, Call call) {
        boolean touched = false;
        try {
            for (var program : own.stream().filter(Program::alive).toList()) {
                if (isOver(call)) {
                    return tooLate(touched, target);
                }
                touched = true;
                stop(program.full(), call);
            }
            if (touched ? !stopped(own.getFirst().group(), call) : isOver(call)) {
                return tooLate(touched, target);
            }
            touched = true;
            client.call(remaining(call), "supervisor.startProcess", target, false);
            return new Reply.Accepted("started " + target);
        } catch (LinkFault e) {
            return touched ? new Reply.NoAnswer(e.why()) : new Reply.Refused("not sent: " + e.why());
        } catch (SupervisorClient.Lost e) {
            return new Reply.NoAnswer(e.why());
        } catch (XmlRpc.Fault e) {
            return new Reply.NoAnswer("supervisord fault " + e.code() + ": " + e.words());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.NoAnswer("interrupted");
        }
    }

    private static Reply tooLate(boolean touched, String target) {
        return touched
                ? new Reply.NoAnswer("stopping took until its deadline; " + target + " was not started")
                : new Reply.Refused("not sent: its time was over");
    }

    /// supervisord says "started" to a program that is still being stopped, and starts nothing: so whatever is stopping has to be gone
    /// first, also where somebody else, or a call given up long ago, has asked for it.
    ///
    /// @return false when that took until the deadline; nothing may be sent after it
    private boolean stopped(String group, Call call) throws LinkFault, SupervisorClient.Lost, XmlRpc.Fault, InterruptedException {
        while (!isOver(call)) {
            if (programs(READ).stream().noneMatch(program -> program.group().equals(group) && program.code() == STOPPING)) {
                return !isOver(call);
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private void stop(String program, Call call) throws LinkFault, SupervisorClient.Lost, XmlRpc.Fault, InterruptedException {
        try {
            client.call(remaining(call), "supervisor.stopProcess", program, true);
        } catch (XmlRpc.Fault e) {
            if (e.code() != NOT_RUNNING) {
                throw e;
            }
        }
    }

    private Duration remaining(Call call) {
        var left = Duration.between(time.now(), call.deadline());
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private boolean isOver(Call call) {
        return !time.now().isBefore(call.deadline());
    }

    @Override
    public Duration settlesWithin(Order.OfLifecycle order) {
        return settings.settles();
    }

    @Override
    public String literal(Order.OfLifecycle order) {
        var group = settings.groups().getOrDefault(order.node(), order.node());
        var auth = settings.auth();
        var ctl = "supervisorctl -s " + endpoint().replace("/RPC2", "")
                + (auth == null ? " " : " -u " + auth.user() + " -p \"$PASSWORD\" ");
        var commands = switch (order) {
            case Order.Restart _ -> ctl + "restart '" + group + ":*'   # only the program that runs now";
            case Order.Deploy(_, var version) ->
                ctl + "stop '" + group + ":*'\n" + ctl + "start " + settings.program(order.node(), version);
        };
        return commands + "\n# read back:\n" + ctl + "status '" + group + ":*'";
    }

    @Override
    public String logTail(String node, int lines, Duration limit) throws LinkFault, InterruptedException {
        var group = settings.groups().getOrDefault(node, node);
        try {
            var own = programs(limit).stream().filter(program -> program.group().equals(group)).toList();
            var shown = own.stream().filter(Program::alive).findFirst()
                    .or(() -> own.stream().max(Comparator.comparingInt(Program::code)));
            if (shown.isEmpty()) {
                throw LinkFault.permanent(endpoint() + " has no group " + group);
            }
            var reply = client.call(limit, "supervisor.tailProcessStdoutLog", shown.get().full(), 0, 200 * lines);
            var text = reply instanceof List<?> parts && !parts.isEmpty() ? String.valueOf(parts.getFirst()) : "";
            var all = text.lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (SupervisorClient.Lost e) {
            throw LinkFault.passing(e.why(), e);
        } catch (XmlRpc.Fault e) {
            throw LinkFault.passing(endpoint() + ": " + e.words(), e);
        }
    }
}
