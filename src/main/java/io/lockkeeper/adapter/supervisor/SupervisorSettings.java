package io.lockkeeper.adapter.supervisor;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/// Where a supervisord is and what the nodes are called there.
///
/// @param name of the lifecycle in the environment
/// @param url of its XML-RPC, ending in `/RPC2`
/// @param password asked for at each call and kept nowhere
/// @param groups supervisor group by node name; nothing outside these groups is ever touched
/// @param programs how a program is called within its group, with `{group}` and `{version}`
public record SupervisorSettings(String name, URI url, String user, Supplier<String> password, Map<String, String> groups,
        String programs) {
    public SupervisorSettings {
        groups = Map.copyOf(groups);
    }

    String program(String group, String version) {
        return group + ":" + programs.replace("{group}", group).replace("{version}", version);
    }
}
