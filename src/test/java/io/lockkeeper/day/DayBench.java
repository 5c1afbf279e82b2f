package io.lockkeeper.day;

import io.lockkeeper.adapter.sqlite.Limits;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/// Prints what a simulated day holds after each hour.
final class DayBench {
    private DayBench() {}

    /// @param arguments folder, hours, clients, nodes
    public static void main(String[] arguments) throws Exception {
        var files = SignalFiles.under(Path.of(arguments[0]), "day");
        int hours = Integer.parseInt(arguments[1]);
        int clients = Integer.parseInt(arguments[2]);
        int nodes = Integer.parseInt(arguments[3]);
        var store = SqliteSignalStore.at(files, Limits.USUAL, "day");
        var day = new SimulatedDay(clients, nodes, 1, store);
        day.connect();
        System.out.printf(Locale.ROOT, "%d clients, %d nodes%n  hour  heap MB  threads  file MB  losses  lost samples  seconds%n",
                clients, nodes);
        for (int hour = 0; hour < hours; hour++) {
            long began = System.nanoTime();
            day.hour(hour);
            System.out.printf(Locale.ROOT, "%6d %8.1f %8d %8.1f %7d %13d %8.1f%n", hour + 1, heap() / 1e6,
                    Thread.getAllStackTraces().size(), Files.size(files.database()) / 1e6, day.losses(),
                    store.state().lostSamples(), (System.nanoTime() - began) / 1e9);
        }
        store.close();
    }

    /// In use after a full collection; the least of some, for each may find something that was just let go.
    private static long heap() {
        return IntStream.range(0, 3).mapToLong(_ -> {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }).min().orElseThrow();
    }
}
