package io.lockkeeper.adapter.haproxy;

import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Workers that a reload left behind: they take no new connection and keep the tunnels they have, unseen by the new worker.
final class OldWorkers {
    private static final Pattern WORKER = Pattern.compile("^(\\d+)\\s+worker\\b.*", Pattern.MULTILINE);
    private final RuntimeApi master;

    OldWorkers(RuntimeApi master) {
        this.master = master;
    }

    List<String> pids(Duration limit) throws LinkFault {
        var reply = master.read("show proc", "#<PID>", limit);
        int old = reply.indexOf("# old workers");
        if (old < 0) {
            return List.of();
        }
        int end = reply.indexOf("# programs", old);
        var section = reply.substring(old, end < 0 ? reply.length() : end);
        return WORKER.matcher(section).results().map(match -> match.group(1)).toList();
    }

    /// Sessions that old workers still carry, by server name.
    Map<String, Long> sessions(String backend, Duration limit) throws LinkFault {
        var sessions = new HashMap<String, Long>();
        for (var pid : pids(limit)) {
            for (var row : Table.parse(told(pid, "show stat " + backend + " 4 -1", "#", limit), ",")) {
                if (backend.equals(row.get("pxname"))) {
                    sessions.merge(row.getOrDefault("svname", ""), Long.parseLong(row.getOrDefault("scur", "0")), Long::sum);
                }
            }
        }
        return sessions;
    }

    /// The tables of sessions of every old worker, by its pid.
    Map<String, String> sessionTables(Duration limit) throws LinkFault {
        var tables = new HashMap<String, String>();
        for (var pid : pids(limit)) {
            tables.put(pid, told(pid, "show sess", "", limit));
        }
        return tables;
    }

    /// What an old worker answers; nothing when it ended between the list and the question, and its sessions with it.
    private String told(String pid, String command, String begins, Duration limit) throws LinkFault {
        try {
            return master.read("@!" + pid + " " + command, begins, limit);
        } catch (LinkFault e) {
            if (pids(limit).contains(pid)) {
                throw e;
            }
            return "";
        }
    }
}
