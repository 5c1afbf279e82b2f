package io.lockkeeper.search;

import io.lockkeeper.adapter.json.JsonRunEvents;
import java.time.Duration;
import java.util.stream.LongStream;

/// `bench/simulation [SEEDS]`, or `bench/simulation --seed N` for one of them with its trace.
public final class SearchMain {
    private SearchMain() {}

    public static void main(String[] arguments) {
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

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }
}
