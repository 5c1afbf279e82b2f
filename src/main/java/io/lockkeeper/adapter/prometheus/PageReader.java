package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Sample;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a metrics page as it comes, in Prometheus text 0.0.4 or OpenMetrics 1.0, and keeps nothing but the series that are asked for. Lines of other
/// metrics are only looked at as far as their names.
final class PageReader {
    static final long LARGEST = 64L * 1024 * 1024;
    static final int LONGEST_LINE = 64 * 1024;
    static final int MOST_SERIES = 10_000;
    private static final int HINTS = 3;
    private static final byte[] END = "# EOF".getBytes(StandardCharsets.UTF_8);

    private final Exposition format;
    private final Map<String, List<Ask.Series>> byName = new HashMap<>();
    private final List<byte[]> names = new ArrayList<>();
    private final Map<Ask, Map<Map<String, String>, Sample>> found = new LinkedHashMap<>();
    private final Map<String, Set<String>> hints = new HashMap<>();
    private final byte[] line = new byte[LONGEST_LINE];
    private long number;
    private long length;
    private int kept;
    private boolean ended;

    private PageReader(Exposition format, Collection<Ask> asks) {
        this.format = format;
        for (var ask : asks) {
            if (ask instanceof Ask.Series series) {
                byName.computeIfAbsent(series.selector().name(), name -> {
                    names.add(name.getBytes(StandardCharsets.UTF_8));
                    return new ArrayList<>();
                }).add(series);
                found.put(ask, new LinkedHashMap<>());
            }
        }
    }

    /// @param page whole and unpacked; not closed
    static Answer read(InputStream page, Exposition format, Collection<Ask> asks) throws IOException, GarbledPage {
        var reader = new PageReader(format, asks);
        reader.all(new BufferedInputStream(page, 1 << 16));
        return reader.answer();
    }

    private void all(InputStream page) throws IOException, GarbledPage {
        int size = 0;
        for (int next = page.read(); next >= 0; next = page.read()) {
            if (++length > LARGEST) {
                throw new GarbledPage("is larger than " + LARGEST / 1024 / 1024 + " MiB");
            }
            if (next == '\n') {
                number++;
                on(size > 0 && line[size - 1] == '\r' ? size - 1 : size);
                size = 0;
            } else if (size < LONGEST_LINE) {
                line[size++] = (byte) next;
            } else {
                throw new GarbledPage("has more than " + LONGEST_LINE / 1024 + " KiB in line " + (number + 1));
            }
        }
        boolean openMetrics = format == Exposition.OPEN_METRICS;
        if (size > 0) { // the last line has to end, but for OpenMetrics' last word
            number++;
            if (!openMetrics || !isEnd(size)) {
                throw new GarbledPage("is cut: its last line has no end");
            }
            ended = true;
        }
        if (openMetrics && !ended) {
            throw new GarbledPage("is cut: it does not end with # EOF");
        }
        if (number == 0) {
            throw new GarbledPage("is empty");
        }
    }

    private boolean isEnd(int size) {
        return size == END.length && Arrays.equals(line, 0, size, END, 0, size);
    }

    private void on(int size) throws GarbledPage {
        if (ended) {
            throw new GarbledPage("goes on after # EOF in line " + number);
        }
        if (size == 0) {
            return;
        }
        if (line[0] == '#') {
            ended = format == Exposition.OPEN_METRICS && isEnd(size);
            return;
        }
        int name = 0;
        while (name < size && SampleLine.isOfName(line[name])) {
            name++;
        }
        if (line[0] == '{') {
            keep(size);
        } else if (name == 0 || name == size || " \t{".indexOf(line[name]) < 0 || (line[0] >= '0' && line[0] <= '9')) {
            throw new GarbledPage("is no metrics page: line " + number + " is neither a comment nor a sample");
        } else {
            named(size, name);
        }
    }

    private void named(int size, int name) throws GarbledPage {
        for (var asked : names) {
            int common = Math.min(asked.length, name);
            if (Arrays.equals(line, 0, common, asked, 0, common)) {
                if (asked.length == name) {
                    keep(size);
                    return;
                }
                if (name > asked.length) {
                    hint(new String(asked, StandardCharsets.UTF_8), new String(line, 0, name, StandardCharsets.UTF_8));
                }
            }
        }
    }

    private void hint(String asked, String seen) {
        var of = hints.computeIfAbsent(asked, _ -> new LinkedHashSet<>());
        if (of.size() < HINTS) {
            of.add(seen);
        }
    }

    private void keep(int size) throws GarbledPage {
        var read = new SampleLine(line, size, format, number);
        var sample = read.read();
        for (var ask : byName.getOrDefault(read.name(), List.of())) {
            if (ask.selector().matches(sample.labels())) {
                put(ask, sample);
            }
        }
    }

    /// The same series may come again with a later time; otherwise nobody can tell which counts.
    private void put(Ask.Series ask, Sample sample) throws GarbledPage {
        var series = found.computeIfAbsent(ask, _ -> new LinkedHashMap<>());
        var before = series.put(sample.labels(), sample);
        if (before == null) {
            if (++kept > MOST_SERIES) {
                throw new GarbledPage("has more than " + MOST_SERIES + " series that fit: ask for fewer, with labels");
            }
        } else if (before.at() == null || sample.at() == null || !sample.at().isAfter(before.at())) {
            throw new GarbledPage("has a series of " + ask.selector().name() + " twice, again in line " + number);
        }
    }

    private Answer answer() {
        var samples = new HashMap<Ask, List<Sample>>();
        var meant = new HashMap<Ask, List<String>>();
        found.forEach((ask, series) -> {
            samples.put(ask, List.copyOf(series.values()));
            if (series.isEmpty() && ask instanceof Ask.Series(var selector)) {
                meant.put(ask, List.copyOf(hints.getOrDefault(selector.name(), Set.of())));
            }
        });
        return new Answer(samples, Map.of(), meant, List.of());
    }
}
