package io.lockkeeper.adapter.haproxy;

import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// HAProxy through its Runtime API. Its drain takes no new connection and leaves WebSockets open for ever; closing sessions cuts them
/// without a close frame, so clients see 1006. A reload forgets every order given at run time and leaves sessions on old workers.
public final class HaproxyBalancer implements Balancer {
    private static final Pattern INFO = Pattern.compile("^(\\w+): (.*)$", Pattern.MULTILINE);

    private final BalancerSpec.Haproxy settings;
    private final RuntimeApi api;
    private final SessionCloser closer;
    private final Time time;

    public HaproxyBalancer(BalancerSpec.Haproxy settings, Time time) {
        this.settings = settings;
        this.api = new RuntimeApi(settings.address());
        this.time = time;
        this.closer = new SessionCloser(settings, api, time);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String endpoint() {
        return settings.address().toString();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DRAIN, Capability.CLOSE_SESSIONS, Capability.SHARE);
    }

    @Override
    public int closeCode() {
        return 1006;
    }

    @Override
    public BalancerReading read(Duration limit) throws LinkFault {
        var info = INFO.matcher(api.read("show info", "Name:", limit)).results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2).strip(), (first, _) -> first));
        var states = byServer(Table.parse(api.read("show servers state " + settings.backend(), "1", limit), "\\s+"), "be_name",
                "srv_name");
        var stats = byServer(Table.parse(api.read("show stat " + settings.backend() + " 4 -1", "#", limit), ","), "pxname",
                "svname");
        var servers = new TreeMap<String, ServerReading>();
        for (var entry : settings.servers().entrySet()) {
            servers.put(entry.getKey(), server(entry.getKey(), entry.getValue(), states, stats));
        }
        var pid = info.get("Pid");
        if (pid == null) {
            throw LinkFault.passing(endpoint() + " did not say its pid");
        }
        return new BalancerReading("worker " + pid, servers, oldSessions(limit), settings.master() != null);
    }

    private Map<String, Map<String, String>> byServer(List<Map<String, String>> rows, String backend, String server) {
        var found = new TreeMap<String, Map<String, String>>();
        rows.stream().filter(row -> settings.backend().equals(row.get(backend)))
                .forEach(row -> found.put(row.getOrDefault(server, ""), row));
        return found;
    }

    private ServerReading server(String node, String server, Map<String, Map<String, String>> states,
            Map<String, Map<String, String>> stats)
            throws LinkFault {
        var state = states.get(server);
        var stat = stats.get(server);
        if (state == null || stat == null) {
            throw LinkFault.permanent(
                    endpoint() + " has no server " + settings.backend() + "/" + server + " for node " + node + "; it has "
                            + String.join(", ", states.keySet()) + ": check `servers` in the environment file");
        }
        try {
            var status = stat.getOrDefault("status", "");
            return new ServerReading(ServerStates.admin(state.getOrDefault("srv_admin_state", "")),
                    ServerStates.observed(status, state.getOrDefault("srv_op_state", "")), number(state, "srv_uweight"),
                    number(state, "srv_iweight"),
                    number(stat, "scur"), status);
        } catch (NumberFormatException e) {
            throw LinkFault.passing(endpoint() + " sent a table that was cut off or is not understood", e);
        }
    }

    private static int number(Map<String, String> row, String column) {
        return Integer.parseInt(row.getOrDefault(column, ""));
    }

    private Map<String, Long> oldSessions(Duration limit) throws LinkFault {
        var master = settings.master();
        if (master == null) {
            return Map.of();
        }
        var byServer = new OldWorkers(new RuntimeApi(master)).sessions(settings.backend(), limit);
        var byNode = new HashMap<String, Long>();
        settings.servers().forEach((node, server) -> {
            long count = byServer.getOrDefault(server, 0L);
            if (count > 0) {
                byNode.put(node, count);
            }
        });
        return byNode;
    }

    @Override
    public Reply send(Order.OfBalancer order, Call call) throws InterruptedException {
        var server = settings.servers().get(order.node());
        if (server == null) {
            return new Reply.Refused("node " + order.node() + " has no server at " + name());
        }
        return switch (order) {
            case Order.Drain _ -> set("set server " + path(server) + " state drain", call);
            case Order.Enable _ -> set("set server " + path(server) + " state ready", call);
            case Order.Share(_, _, int percent) -> set("set weight " + path(server) + " " + percent + "%", call);
            case Order.CloseSessions(_, _, int perSecond, _) -> closer.close(server, perSecond, call);
        };
    }

    private String path(String server) {
        return settings.backend() + "/" + server;
    }

    private Reply set(String command, Call call) {
        try {
            return switch (SetAnswer.of(api.ask(command, remaining(call)))) {
                case SetAnswer.Yes _ -> new Reply.Accepted("accepted");
                case SetAnswer.No(var why) -> new Reply.Refused(why);
                case SetAnswer.Neither(var why) -> new Reply.NoAnswer(endpoint() + ": " + why);
            };
        } catch (RuntimeApi.Unanswered e) {
            return e.sent()
                    ? new Reply.NoAnswer(endpoint() + ": " + e.why())
                    : new Reply.Refused("not sent: " + endpoint() + ": " + e.why());
        }
    }

    private Duration remaining(Call call) {
        var left = Duration.between(time.now(), call.deadline());
        return left.compareTo(Duration.ofSeconds(5)) > 0
                ? Duration.ofSeconds(5)
                : left.isNegative() ? Duration.ofMillis(1) : left;
    }

    private static String socat(Address address) {
        return switch (address) {
            case Address.Tcp(var host, int port) -> "TCP:" + host + ":" + port;
            case Address.Unix(var path) -> "UNIX-CONNECT:" + path;
        };
    }

    @Override
    public String literal(Order.OfBalancer order) {
        var server = path(settings.servers().getOrDefault(order.node(), order.node()));
        Function<String, String> socat = command -> "echo \"" + command + "\" | socat stdio " + socat(settings.address());
        var command = switch (order) {
            case Order.Drain _ -> "set server " + server + " state drain";
            case Order.Enable _ -> "set server " + server + " state ready";
            case Order.Share(_, _, int percent) -> "set weight " + server + " " + percent + "%";
            case Order.CloseSessions _ -> "shutdown sessions server " + server;
        };
        return socat.apply(command) + "\n# read back:\n" + socat.apply("show servers state " + settings.backend()) + "\n"
                + socat.apply("show stat " + settings.backend() + " 4 -1");
    }
}
