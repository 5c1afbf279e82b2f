package io.lockkeeper.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/// Takes turns between ways to do the same, so that whatever else the machine does meets all of them, and prints the middle time of
/// each and its ratio to the first.
final class Interleaved {
    private final Map<String, Callable<?>> ways = new LinkedHashMap<>();
    private final Map<String, Integer> units = new LinkedHashMap<>();

    /// @param unitsPerCall by how much one call's time is divided
    Interleaved way(String name, int unitsPerCall, Callable<?> work) {
        ways.put(name, work);
        units.put(name, unitsPerCall);
        return this;
    }

    void run(String title, int warmUp, int rounds) throws Exception {
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int round = -warmUp; round < rounds; round++) {
            for (var way : ways.entrySet()) {
                long began = System.nanoTime();
                way.getValue().call();
                long took = System.nanoTime() - began;
                if (round >= 0) {
                    times.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(took / units.getOrDefault(way.getKey(), 1));
                }
            }
        }
        System.out.println(title + ", " + rounds + " rounds");
        long first = 0;
        for (var way : times.entrySet()) {
            var sorted = way.getValue().stream().sorted().toList();
            long middle = sorted.get(sorted.size() / 2);
            first = first == 0 ? middle : first;
            System.out.println(String.format(Locale.ROOT, "  %-58s %9.1f us   p90 %9.1f us   x %.2f", way.getKey(), middle / 1e3,
                    sorted.get(sorted.size() * 9 / 10) / 1e3, (double) middle / first));
        }
    }
}
