package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.DatumWords;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.metrics.SignalBySource;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Rows of the table of signals by source: of the whole service, and what sources disagree on.
final class SourceRows {
    /// @param signal empty where it is that of the row above
    /// @param style `bad` for a disagreement, `warn` for what cannot be gone by, `quiet` for what is in shadow, else `calm`
    record Row(String signal, String source, String value, String basis, String age, String note, String style) {}

    private SourceRows() {}

    static List<Row> of(SignalReadings readings, Instant now) {
        var rows = new ArrayList<Row>();
        for (var signal : readings.signals()) {
            var name = signal.name();
            for (var reading : signal.whole()) {
                rows.add(row(name, signal, reading, now));
                name = "";
            }
            signal.disagreements().forEach(words -> rows.add(new Row("", "", "DISAGREE", words, "", "", "bad")));
        }
        return rows;
    }

    /// The first, and how many more there are; empty where there is none.
    static String disagreement(SignalReadings readings) {
        var all = readings.disagreements();
        return all.isEmpty() ? "" : all.getFirst() + (all.size() == 1 ? "" : "; " + (all.size() - 1) + " more in Sources");
    }

    private static Row row(String name, SignalBySource signal, SourceReading reading, Instant now) {
        var datum = reading.datum();
        var at = datum.readAt();
        var state = reading.state(now);
        var age = at == null ? "" : (state == SourceReading.State.STALE ? "STALE, " : "") + Words.age(at, now);
        var shadow = reading.shadow();
        var note = shadow != null && shadow.holds(now) ? shadow(shadow) : "";
        boolean shaded = !note.isEmpty();
        if (!reading.note().isEmpty()) {
            note = note.isEmpty() ? reading.note() : note + "; " + reading.note();
        }
        var style = state != SourceReading.State.HERE ? "warn" : shaded ? "quiet" : "calm";
        return new Row(name, reading.source(), DatumWords.value(datum, signal.unit()), basis(signal, reading), age, note, style);
    }

    /// A level has no samples: it is one reading, or the sum of one for each node.
    private static String basis(SignalBySource signal, SourceReading reading) {
        if (!(reading.datum() instanceof Datum.Level)) {
            return DatumWords.basis(reading.datum());
        }
        long nodes = signal.readings().stream().filter(one -> one.node() != null && one.source().equals(reading.source()))
                .count();
        return nodes == 0 ? "1 reading" : "sum of " + nodes + (nodes == 1 ? " node" : " nodes");
    }

    private static String shadow(Shadow shadow) {
        var until = shadow.until();
        return until == null
                ? "in shadow until " + Durations.words(shadow.length()) + " after its first value"
                : "in shadow until " + Words.day(until);
    }
}
