package io.lockkeeper.fleet;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;

/// A process that is driven by lines on its input, answers each with a line, and knows what it costs.
final class Orders {
    /// Clients that are connected and gone before anything is measured.
    static final int WARM_UP = 50;

    private Orders() {}

    interface Verbs {
        String order(String verb, String argument) throws Exception;
    }

    /// Returns at the end of the input.
    static void obey(Verbs verbs) throws Exception {
        var answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        answers.println("{\"ready\": true}");
        try (var lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                var words = lines.nextLine().split(" ", 2);
                answers.println(verbs.order(words[0], words.length > 1 ? words[1] : ""));
            }
        }
    }

    static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
    }

    static String memory(long baseline) throws InterruptedException {
        collect();
        return String.format(Locale.ROOT, "{\"rss\": %d, \"baseline\": %d, \"heap\": %d}", resident(), baseline,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /// Bytes; 0 where the system does not say.
    static long resident() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .sum() * 1024;
        } catch (IOException _) {
            return 0;
        }
    }

    static long cpuMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1000;
    }
}
