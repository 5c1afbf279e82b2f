package io.lockkeeper.adapter.haproxy;

import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Cuts the sessions of one server one after the other, not faster than asked, those on old workers included. HAProxy knows a session by its
/// place in memory, and gives the place of one that has ended to the next: each is looked at once more right before it is cut, for by then
/// it may be that of somebody else on another server.
final class SessionCloser {
    private static final Pattern SESSION = Pattern.compile("^(0x[0-9a-f]+): .*", Pattern.MULTILINE);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// @param worker pid of an old worker, or empty for the present one
    private record Session(String worker, String id) {}

    private final BalancerSpec.Haproxy settings;
    private final RuntimeApi api;
    private final Time time;

    SessionCloser(BalancerSpec.Haproxy settings, RuntimeApi api, Time time) {
        this.settings = settings;
        this.api = api;
        this.time = time;
    }

    Reply close(String server, int perSecond, Call call) throws InterruptedException {
        long between = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long due = time.ticks();
        int closed = 0;
        try {
            for (var sessions = sessions(server); !sessions.isEmpty(); sessions = sessions(server)) {
                for (var session : sessions) {
                    if (!time.now().isBefore(call.deadline())) {
                        return new Reply.NoAnswer("closed " + closed + " sessions, then the time was over");
                    }
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - time.ticks()));
                    if (!isStillOf(session, server)) {
                        continue;
                    }
                    due = Math.max(due, time.ticks() - TimeUnit.SECONDS.toNanos(1)) + between;
                    switch (shut(session)) {
                        case SetAnswer.No(var why) -> {
                            return closed == 0
                                    ? new Reply.Refused(why)
                                    : new Reply.NoAnswer("closed " + closed + " sessions, then: " + why);
                        }
                        case SetAnswer.Neither(var why) -> {
                            return new Reply.NoAnswer("closed " + closed + " sessions, then: " + why);
                        }
                        case SetAnswer.Yes _ -> closed++;
                    }
                }
            }
            return new Reply.Accepted("closed " + closed + " sessions");
        } catch (LinkFault e) {
            return closed == 0
                    ? new Reply.Refused("not sent: " + e.why())
                    : new Reply.NoAnswer("closed " + closed + " sessions, then: " + e.why());
        } catch (RuntimeApi.Unanswered e) {
            return new Reply.NoAnswer("closed " + closed + " sessions, then: " + e.why());
        }
    }

    private boolean isStillOf(Session session, String server) throws LinkFault {
        var details = api(session).read(command(session, "show sess "), "", LIMIT);
        return details.contains(" backend=" + settings.backend() + " (") && details.contains(" server=" + server + " (");
    }

    private RuntimeApi api(Session session) {
        var master = settings.master();
        return session.worker().isEmpty() || master == null ? api : new RuntimeApi(master);
    }

    private static String command(Session session, String verb) {
        return (session.worker().isEmpty() ? "" : "@!" + session.worker() + " ") + verb + session.id();
    }

    /// Yes when it was cut, or was gone already.
    private SetAnswer shut(Session session) throws RuntimeApi.Unanswered {
        var answer = SetAnswer.of(api(session).ask(command(session, "shutdown session "), LIMIT));
        return answer instanceof SetAnswer.No(var why) && why.startsWith("No such session") ? new SetAnswer.Yes() : answer;
    }

    private List<Session> sessions(String server) throws LinkFault {
        var sessions = new ArrayList<Session>();
        collect("", api.read("show sess", "", LIMIT), server, sessions);
        var master = settings.master();
        if (master != null) {
            var old = new OldWorkers(new RuntimeApi(master)).sessionTables(LIMIT);
            old.forEach((pid, table) -> collect(pid, table, server, sessions));
        }
        return sessions;
    }

    private void collect(String worker, String table, String server, List<Session> into) {
        SESSION.matcher(table).results().filter(match -> isOf(match.group(), server))
                .forEach(match -> into.add(new Session(worker, match.group(1))));
    }

    private boolean isOf(String line, String server) {
        var words = List.of(line.split(" ", -1));
        return words.contains("be=" + settings.backend()) && words.contains("srv=" + server);
    }
}
