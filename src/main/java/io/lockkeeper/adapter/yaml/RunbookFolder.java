package io.lockkeeper.adapter.yaml;

import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.RunbookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Runbook files: reading one, and all of a folder.
public final class RunbookFolder {
    /// @param runbook empty when it cannot be used
    public record Read(Optional<Runbook> runbook, List<Problem> problems) {}

    private RunbookFolder() {}

    /// @param name of the file, as the operator knows it
    public static Read read(String name, String text) {
        var composed = YamlText.compose(name, text);
        var problems = new ArrayList<>(composed.problems());
        if (composed.root().isEmpty()) {
            return new Read(Optional.empty(), problems);
        }
        var read = RunbookReader.read(composed.root().get(), text, sha256(text));
        problems.addAll(read.problems());
        return new Read(problems.isEmpty() ? read.runbook() : Optional.empty(), problems);
    }

    public static Read read(Path file) {
        try {
            return read(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Read(Optional.empty(), List.of(Problem.error(new Mark(file.toString(), 1, 1), "the file cannot be read",
                    e.getClass().getSimpleName())));
        }
    }

    /// Every `*.yaml` of a folder, by name; a folder that is not there holds none.
    public static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
