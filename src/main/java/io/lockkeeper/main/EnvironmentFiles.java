package io.lockkeeper.main;

import io.lockkeeper.adapter.yaml.EnvironmentYaml;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.EnvironmentReader;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Environment files by name or path. The demo is one of them, written anew from what the running demo says of itself.
final class EnvironmentFiles {
    /// @param file where it stands; secrets are found relative to its folder
    record Found(Path file, EnvironmentFile environment) {}

    private final List<Path> folders;
    private final Path demoFolder;
    private final DemoProcess demo;
    private final boolean demoWatched;

    /// @param demoWatched whether whoever holds the demo watches it with clients of ours
    EnvironmentFiles(List<Path> folders, Path demoFolder, DemoProcess demo, boolean demoWatched) {
        this.folders = List.copyOf(folders);
        this.demoFolder = demoFolder;
        this.demo = demo;
        this.demoWatched = demoWatched;
    }

    Found find(String name) throws Unusable, InterruptedException {
        return read(name.equals("demo") ? demo() : file(name));
    }

    /// What the environment is called in the file of that name or path. Starts nothing.
    String nameIn(String name) throws Unusable {
        return name.equals("demo") ? name : read(file(name)).environment().name();
    }

    /// Of the file of that name or path. The demo's file has none of its own. Starts nothing.
    TriggerSet triggers(String name) throws Unusable {
        return name.equals("demo") ? TriggerSet.USUAL : read(file(name)).environment().triggers();
    }

    private Path file(String name) throws Unusable {
        if (name.endsWith(".yaml") || name.contains("/")) {
            return Path.of(name);
        }
        for (var folder : folders) {
            var candidate = folder.resolve(name + ".yaml");
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new Unusable("there is no environment \"" + name + "\""
                + Nearest.to(name, known()).map(near -> ", did you mean \"" + near + "\"?").orElse("") + ": looked for " + name
                + ".yaml in "
                + folders.stream().map(Path::toString).collect(Collectors.joining(", ")) + "; `--env demo` is always there");
    }

    private Set<String> known() {
        var known = new TreeSet<>(all().keySet());
        known.add("demo");
        return known;
    }

    /// Every file in the folders, whether it can be used or not, by name.
    Map<String, EnvironmentReader.Read> all() {
        var all = new LinkedHashMap<String, EnvironmentReader.Read>();
        for (var folder : folders) {
            for (var file : yamlFiles(folder)) {
                var name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
                try {
                    all.putIfAbsent(name, EnvironmentYaml.read(file.toString(), Files.readString(file)));
                } catch (IOException e) {
                    all.putIfAbsent(name, new EnvironmentReader.Read(Optional.empty(),
                            List.of(Problem.error(new Mark(file.toString(), 1, 1), "the file cannot be read", ""))));
                }
            }
        }
        return all;
    }

    private static List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList());
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Found read(Path file) throws Unusable {
        try {
            var read = EnvironmentYaml.read(file.toString(), Files.readString(file));
            var errors = read.problems().stream().filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .map(Problem::toString).toList();
            if (!errors.isEmpty() || read.file().isEmpty()) {
                throw new Unusable(String.join("\n", errors));
            }
            return new Found(file.toAbsolutePath(), read.file().get());
        } catch (IOException e) {
            throw new Unusable("environment file " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Path demo() throws Unusable, InterruptedException {
        var running = demo.attach();
        var nodes = new StringBuilder();
        running.path("nodes").propertyStream()
                .forEach(node -> nodes.append("  ").append(node.getKey()).append(": { values: { ws: \"")
                        .append(node.getValue().path("ws").asString()).append("\" } }\n"));
        var text = """
                # Written by Lockkeeper for the demo that runs now.
                lockkeeper: 1
                environment: demo
                tier: sandbox
                versions: [v1, v2, bad, slow, loss, crash]
                nodes:
                %sservice: { url: "%s", feed: "%s", token: { file: token }, balancer: front }
                probe: { url: "{ws}" }
                clients:
                  url: "%s"
                  heartbeat: { every: 1s }
                  silence: 3s
                  sentinels: 6
                  cyclers: { count: 1, perMinute: 6 }
                  probes: { url: "{ws}", every: 15s }
                  watch: %s
                """.formatted(nodes, running.path("admin").asString(), running.path("feed").asString(),
                running.path("front").asString(), demoWatched);
        try {
            OwnerFile.write(demoFolder.resolve("token"), running.path("token").asString() + "\n");
            OwnerFile.write(demoFolder.resolve("demo.yaml"), text);
            return demoFolder.resolve("demo.yaml");
        } catch (IOException e) {
            throw new Unusable("the demo's environment file cannot be written to " + demoFolder + ": " + e.getMessage());
        }
    }
}
