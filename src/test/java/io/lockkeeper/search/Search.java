package io.lockkeeper.search;

import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// Many seeds on all cores. One of them alone, with its whole trace: `bench/simulation --seed N`.
final class Search {
    static final long FOUND_WITHIN = 400;

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicReference<Invariants.Settled> settled = new AtomicReference<>(new Invariants.Settled(0, 0));
    private final Queue<Seed.Result> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> endings = new ConcurrentSkipListMap<>();

    static Seed.Result inMemory(long seed, Bug bug) {
        try {
            var journal = new MemoryJournal();
            return new Seed(Script.of(seed), () -> journal, new PassingEvents(), bug).run();
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    static Seed.Result inMemory(long seed, RunEvents codec) {
        try {
            var journal = new MemoryJournal();
            return new Seed(Script.of(seed), () -> journal, codec, Bug.NONE).run();
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    /// The same on real files, with the real codec; what is on disk at the end is verified, too.
    static Seed.Result onFiles(long seed, Path folder, Bug bug) {
        try {
            var files = JournalFiles.under(folder, "seed-" + seed);
            var result = new Seed(Script.of(seed), () -> FileJournal.open(files, "search"), new JsonRunEvents(), bug).run();
            var wrong = new ArrayList<>(result.violations());
            var verification = FileJournal.verify(files);
            if (!(verification instanceof Verification.Intact(long entries, _, _)) || entries != result.events()) {
                wrong.add("the journal does not verify: " + verification.words() + ", expected " + result.events() + " entries");
            }
            wrong.addAll(anchorsMissing(files));
            return result.with(wrong);
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    /// Beginning and end of each run are anchored: else what came last could be cut off unnoticed.
    private static List<String> anchorsMissing(JournalFiles files) throws JournalFailure {
        var missing = new ArrayList<String>();
        try (var kept = Files.walk(files.anchors())) {
            var text = new StringBuilder();
            for (var file : kept.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            for (var entry : FileJournal.entries(files, 1)) {
                boolean first = entry.type().equals("Resumed") && entry.seq() <= 3;
                if ((first || entry.type().equals("RunEnded")) && !text.toString().contains(entry.hash())) {
                    missing.add("no anchor of entry " + entry.seq() + " (" + entry.type() + ")");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return missing;
    }

    /// The first seed at which something is wrong, if it is not among the later ones: a mistake that hides longer hides too well.
    static Optional<Seed.Result> finds(LongFunction<Seed.Result> one) {
        return LongStream.rangeClosed(1, FOUND_WITHIN).mapToObj(one).filter(result -> !result.good()).findFirst();
    }

    /// @param progress told how many are done, after each
    Search run(LongStream seeds, LongFunction<Seed.Result> one, LongConsumer progress) {
        seeds.parallel().forEach(seed -> {
            var result = one.apply(seed);
            events.addAndGet(result.events());
            settled.accumulateAndGet(result.settled(), Invariants.Settled::plus);
            endings.computeIfAbsent(String.valueOf(result.ending()), _ -> new AtomicLong()).incrementAndGet();
            if (!result.good()) {
                failures.add(result);
            }
            progress.accept(done.incrementAndGet());
        });
        return this;
    }

    List<Seed.Result> failures() {
        return failures.stream().sorted((a, b) -> Long.compare(a.script().seed(), b.script().seed())).toList();
    }

    String summary() {
        return done + " seeds, " + failures.size() + " failures, " + events + " events, unknown outcomes settled by looking "
                + settled.get().looking() + ", by a person " + settled.get().people() + ", endings " + endings;
    }
}
