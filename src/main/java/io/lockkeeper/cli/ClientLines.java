package io.lockkeeper.cli;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.signal.ProbeReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What clients of ours have met, in lines.
final class ClientLines {
    private ClientLines() {}

    /// What happened since the reading before.
    static String second(long second, FleetReading before, FleetReading now) {
        var line = new StringBuilder(
                String.format(Locale.ROOT, "%4d s  %d of %d connected", second, now.connected(), now.clients()));
        add(line, "lost", now.lost() - before.lost());
        add(line, "cycled", now.cycles().count() - before.cycles().count());
        add(line, "back", now.outages().count() - before.outages().count());
        if (now.failed() > before.failed()) {
            line.append(", failed ").append(now.failed() - before.failed()).append(" (").append(failed(before, now)).append(')');
        }
        if (now.out() > 0) {
            line.append(", out ").append(now.out()).append(" for up to ").append(words(now.longestOut()));
        }
        if (now.outages().count() > 0) {
            line.append(", worst outage ").append(words(now.outages().max()));
        }
        return line.toString();
    }

    private static void add(StringBuilder line, String what, long count) {
        if (count > 0) {
            line.append(", ").append(what).append(' ').append(count);
        }
    }

    private static String failed(FleetReading before, FleetReading now) {
        return now.failures().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.failures().getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0).sorted(Map.Entry.<Failure, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey().words() + " " + entry.getValue()).collect(Collectors.joining(", "));
    }

    /// Everything, in sum.
    static List<String> summary(FleetReading all) {
        var lines = new ArrayList<String>();
        lines.add("");
        row(lines, "connected", all.connected() + " of " + all.clients());
        row(lines, "losses", all.lost() + each(all.losses(), Loss::words, Loss.Way.ON_PURPOSE));
        row(lines, "back", all.outages().count() + ", still out " + all.out()
                + (all.out() > 0 ? " for up to " + words(all.longestOut()) : ""));
        row(lines, "outages", words(all.outages()));
        if (all.cycles().count() > 0) {
            row(lines, "cycles on purpose", words(all.cycles()));
        }
        row(lines, "failed attempts", all.failed() + each(all.failures(), Failure::words, null));
        row(lines, "sessions", all.keptSessions() + " kept, " + all.lostSessions() + " lost"
                + (all.unknownSessions() > 0 ? ", " + all.unknownSessions() + " of which the service does not say" : ""));
        row(lines, "messages", all.lostMessages() + " lost, " + all.duplicatedMessages() + " twice");
        row(lines, "own lag p99", words(all.lag().p99()) + (all.saturated()
                ? "  client-saturated: more than a tenth of the middle outage, so the outages are partly our own"
                : ""));
        return lines;
    }

    /// What the probe of each node has met; nothing where none are probed.
    static List<String> probes(List<ProbeReading> probes, Instant now) {
        int widest = probes.stream().mapToInt(one -> one.node().length()).max().orElse(0);
        var lines = new ArrayList<String>();
        probes.forEach(one -> lines.add(String.format(Locale.ROOT, "probe %-" + widest + "s  %s", one.node(), one.words(now))));
        return lines;
    }

    private static void row(List<String> lines, String what, String words) {
        lines.add(String.format(Locale.ROOT, "%-18s %s", what, words));
    }

    private static <K> String each(Map<K, Long> counts, Function<K, String> name, Loss.@Nullable Way without) {
        var words = counts.entrySet().stream().filter(entry -> !(entry.getKey() instanceof Loss loss) || loss.way() != without)
                .sorted(Map.Entry.<K, Long>comparingByValue().reversed().thenComparing(entry -> name.apply(entry.getKey()),
                        Comparator.naturalOrder()))
                .map(entry -> name.apply(entry.getKey()) + " " + entry.getValue()).collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : ": " + words;
    }

    private static String words(Spread spread) {
        return spread.count() == 0
                ? "none"
                : spread.count() + ", middle " + words(spread.p50()) + ", 95 % within " + words(spread.p95()) + ", longest "
                        + words(spread.max());
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000
                ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", duration.toNanos() / 1e6)
                : String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
