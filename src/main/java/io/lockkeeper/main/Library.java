package io.lockkeeper.main;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Runbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The shipped runbooks and those in the user's folders; one of the same id in a folder takes the place of a shipped one.
final class Library implements RunbookLibrary {
    private static final List<String> SHIPPED = List.of("drain-node", "return-node", "graceful-restart", "emergency-recovery",
            "rolling-deploy", "staged-rollout",
            "rollback");
    private final List<Path> folders;

    Library(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    private List<RunbookFolder.Read> read() {
        var read = new ArrayList<RunbookFolder.Read>();
        SHIPPED.forEach(id -> read.add(shipped(id)));
        for (var folder : folders) {
            try {
                RunbookFolder.files(folder).forEach(file -> read.add(RunbookFolder.read(file)));
            } catch (IOException e) {
                read.add(new RunbookFolder.Read(Optional.empty(), List.of(Problem.error(new Mark(folder.toString(), 1, 1),
                        "the folder cannot be read", e.getClass().getSimpleName()))));
            }
        }
        return read;
    }

    private static RunbookFolder.Read shipped(String id) {
        var name = "runbooks/" + id + ".yaml";
        return RunbookFolder.read(name, text(name));
    }

    static String schema() {
        return text("runbooks/runbook.schema.json");
    }

    private static String text(String name) {
        try (var in = Library.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from this build", e);
        }
    }

    @Override
    public List<Runbook> runbooks() {
        var byId = new TreeMap<String, Runbook>();
        read().forEach(one -> one.runbook().ifPresent(runbook -> byId.put(runbook.id(), runbook)));
        return byId.values().stream().sorted(Comparator.comparing(Runbook::title)).toList();
    }

    @Override
    public List<Problem> problems() {
        return read().stream().flatMap(one -> one.problems().stream()).toList();
    }
}
