package io.lockkeeper.search;

import io.lockkeeper.adapter.json.JsonRunEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/// `bench/simulation [SEEDS [FIRST]]`; `--seed N` for one of them with its trace; `--files N` on real journals; `--planted` for the mistakes
/// that it must find.
public final class SearchMain {
    private SearchMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("--seed")) {
            var result = Search.inMemory(Long.parseLong(arguments[1]), Bug.NONE);
            System.out.println(result.report() + "\n  " + result.ending() + ", " + result.events() + " events");
            System.exit(result.good() ? 0 : 1);
        }
        if (arguments.length == 2 && arguments[0].equals("--heads")) {
            LongStream.rangeClosed(1, Long.parseLong(arguments[1]))
                    .forEach(seed -> System.out.println(Search.inMemory(seed, new JsonRunEvents()).head()));
            return;
        }
        if (arguments.length == 1 && arguments[0].equals("--planted")) {
            System.exit(planted() ? 0 : 1);
        }
        boolean files = arguments.length == 2 && arguments[0].equals("--files");
        if (files) {
            var folder = Files.createTempDirectory("search-");
            var search = new Search().run(LongStream.rangeClosed(1, Long.parseLong(arguments[1])),
                    seed -> Search.onFiles(seed, folder, Bug.NONE), _ -> {
                    });
            search.failures().stream().limit(5).forEach(failure -> System.out.println(failure.report()));
            System.out.println(search.summary() + ", every journal verified");
            System.exit(search.failures().isEmpty() ? 0 : 1);
        }
        long count = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
        long from = arguments.length < 2 ? 1 : Long.parseLong(arguments[1]);
        long began = System.nanoTime();
        var search = new Search();
        search.run(LongStream.range(from, from + count), seed -> Search.inMemory(seed, Bug.NONE), done -> {
            if (done % Math.max(1, count / 100) == 0) {
                System.err.printf("\r%d of %d seeds, %d s ", done, count, seconds(began));
            }
        });
        System.err.println();
        search.failures().stream().limit(5).forEach(failure -> System.out.println(failure.report()));
        search.failures().forEach(failure -> System.out.println(failure.script() + " | " + failure.violations().getFirst()));
        System.out.println(search.summary() + ", " + seconds(began) + " s");
        System.exit(search.failures().isEmpty() ? 0 : 1);
    }

    private static boolean planted() throws IOException {
        boolean all = true;
        for (var mistake : Bugs.values()) {
            all &= told(mistake.name(), Search.finds(seed -> Search.inMemory(seed, mistake.plant())));
        }
        var folder = Files.createTempDirectory("search-");
        return told("FORGETS_ANCHORS", Search.finds(seed -> Search.onFiles(seed, folder, new ForgetsAnchors()))) && all;
    }

    private static boolean told(String mistake, Optional<Seed.Result> found) {
        System.out.println(
                found.map(result -> mistake + " found at seed " + result.script().seed() + ": " + result.violations().getFirst())
                        .orElse(mistake + " NOT FOUND within " + Search.FOUND_WITHIN + " seeds"));
        return found.isPresent();
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }
}
