package io.lockkeeper.search;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Runbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The runbooks as they are shipped and one with every kind of step, read once.
final class Shipped implements RunbookLibrary {
    private static final List<Runbook> RUNBOOKS = read();

    private static List<Runbook> read() {
        try {
            return Stream.concat(RunbookFolder.files(Path.of("runbooks")).stream(),
                    Stream.of(Path.of("src/test/resources/search/everything.yaml")))
                    .flatMap(file -> RunbookFolder.read(file).runbook().stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Runbook> runbooks() {
        return RUNBOOKS;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }
}
