package io.lockkeeper.cli;

import io.lockkeeper.domain.history.Csv;
import io.lockkeeper.domain.history.EpisodeColumns;
import io.lockkeeper.domain.history.KeptEpisode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "episodes", mixinStandardHelpOptions = true, description = {
        "Exports what became of each of our clients that lost its connection, from the loss to the return: the audit trail.",
        "The columns are in docs/signals.md. Ends with 0 also when there was none."})
final class EpisodesCommand implements Callable<Integer> {
    private static final Duration DAY = Duration.ofHours(24);

    enum Format {
        CSV, JSON
    }

    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    PastOptions past = new PastOptions();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "csv", description = "${COMPLETION-CANDIDATES}: a header and a line each, or a JSON object on a line each (default ${DEFAULT-VALUE})")
    Format format = Format.CSV;

    @Option(names = "--out", paramLabel = "FILE", description = "writes into a new file; else to the terminal")
    @Nullable
    Path out;

    private final Desk desk;
    private final Terminal terminal;

    EpisodesCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable {
        var range = past.range(desk.now(), DAY);
        try (var kept = desk.records().kept(environment.environment)) {
            if (out == null) {
                write(kept, range, terminal::say);
                return Exit.GOOD;
            }
            long count = toFile(kept, range, out);
            terminal.say(count + (count == 1 ? " episode" : " episodes") + " from " + range.from() + " to " + range.to()
                    + " written to " + out);
            return Exit.GOOD;
        }
    }

    private long toFile(Desk.Kept kept, PastOptions.Range range, Path file) throws Desk.Unusable {
        try (var lines = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var failed = new IOException[1];
            long count = write(kept, range, line -> {
                try {
                    if (failed[0] == null) {
                        lines.write(line);
                        lines.write('\n');
                    }
                } catch (IOException e) {
                    failed[0] = e;
                }
            });
            if (failed[0] != null) {
                throw failed[0];
            }
            return count;
        } catch (FileAlreadyExistsException _) {
            throw new Desk.Unusable(file + " is there already; name another file");
        } catch (IOException e) {
            throw new Desk.Unusable(file + " cannot be written: " + e.getMessage());
        }
    }

    private long write(Desk.Kept kept, PastOptions.Range range, Consumer<String> line) throws Desk.Unusable {
        Function<KeptEpisode, String> form = format == Format.CSV
                ? episode -> Csv.line(EpisodeColumns.of(kept.environment(), episode).values())
                : episode -> desk.json(EpisodeColumns.of(kept.environment(), episode));
        if (format == Format.CSV) {
            line.accept(Csv.line(EpisodeColumns.NAMES));
        }
        var count = new AtomicLong();
        kept.episodes(range.from(), range.to(), episode -> {
            count.incrementAndGet();
            line.accept(form.apply(episode));
        });
        return count.get();
    }
}
