package io.lockkeeper.main;

import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabWires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A lab behind faulty wires, with runbooks of short deadlines, and the terminals that walk them. A deploy gets 10 s, which it can keep on
/// a machine with its hands full; a stop that hangs takes 14 s and cannot.
final class FaultyLab implements AutoCloseable {
    private static final String OUT = """
            lockkeeper: 1
            id: out
            title: Out and back
            inputs:
              node: { type: node }
            wayBack: { runbook: back, with: { nodes: $node } }
            steps:
              - { id: drain, action: Take it out, do: drain, node: $node, deadline: 1s, stragglers: close, timeout: 6s }
              - { id: enable, action: Back into rotation, do: enable, node: $node, timeout: 6s }
            """;
    private static final String PUT = """
            lockkeeper: 1
            id: put
            title: Put a version
            inputs:
              version: { type: version }
              nodes: { type: nodes }
            wayBack: { runbook: back, with: { nodes: $nodes } }
            steps:
              - id: each
                forEach: One after the other
                as: node
                in: $nodes
                maxUnavailable: 1
                steps:
                  - { id: deploy, action: Put it on, do: deploy, node: $node, version: $version, timeout: 10s }
                  - { id: ready, gate: It is ready, signal: node.ready, of: $node, is: true, for: 3s, within: 10s }
                  - { id: version, gate: It runs it, signal: node.version, of: $node, is: $version, within: 10s }
            """;
    private static final String BACK = """
            lockkeeper: 1
            id: back
            title: Put back
            inputs:
              nodes: { type: nodes, default: all }
            steps:
              - id: back
                forEach: Two at a time
                as: node
                in: $nodes
                maxUnavailable: 2
                steps:
                  - { id: rollback, action: Its version, do: rollback, node: $node, timeout: 20s }
                  - { id: version, gate: It runs it, signal: node.version, of: $node, is: $version.before, within: 20s }
                  - { id: enable, action: Back into rotation, do: enable, node: $node, timeout: 6s }
                  - { id: serves, gate: The balancers send clients to it, signal: node.observed, of: $node, is: up, within: 20s }
            """;

    final Lab lab;
    final LabWires wires;
    final Truth truth;
    private final Terminals terminals;

    FaultyLab(Path folder) throws IOException {
        var home = Files.createDirectory(folder.resolve("home"));
        var runbooks = Files.createDirectories(home.resolve("config/runbooks"));
        Files.writeString(runbooks.resolve("out.yaml"), OUT);
        Files.writeString(runbooks.resolve("put.yaml"), PUT);
        Files.writeString(runbooks.resolve("back.yaml"), BACK);
        lab = new Lab(folder, 14);
        wires = new LabWires(lab);
        Files.writeString(lab.environmentFile(), Files.readString(lab.environmentFile()).replace("settles: 20s", "settles: 8s"));
        terminals = new Terminals(home);
        truth = new Truth(lab);
    }

    private String[] words(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--env");
        all.add(lab.environmentFile().toString());
        return all.toArray(String[]::new);
    }

    Terminals.Running start(String... arguments) {
        return terminals.start(words(arguments));
    }

    Terminals.Result run(String... arguments) {
        return terminals.run(words(arguments));
    }

    RunRecord record() throws Exception {
        return terminals.record(lab.environmentFile().toString());
    }

    /// Everything in rotation again, faults and counts forgotten.
    void afresh() {
        wires.forget();
        Lab.NODES.forEach(node -> lab.edge.runtime("set server ws_nodes/" + Lab.server(node) + " state ready"));
    }

    @Override
    public void close() {
        truth.close();
        wires.close();
        lab.close();
    }
}
