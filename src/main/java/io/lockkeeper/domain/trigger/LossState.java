package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// T4: any data loss. It remembers what it has seen and what was acknowledged, so that a loss that is heard of late still fires.
///
/// @param last the last evaluation; `null` before the first
public record LossState(DataLoss spec, Phase phase, Set<Incident> seen, Set<Report> told, Set<Incident> settled,
        Set<Report> heard,
        @Nullable Instant last) implements TriggerState {
    private static final int SHOWN = 5;

    public LossState {
        seen = Set.copyOf(seen);
        told = Set.copyOf(told);
        settled = Set.copyOf(settled);
        heard = Set.copyOf(heard);
    }

    LossState(DataLoss spec) {
        this(spec, new Phase.Quiet("not evaluated yet"), Set.of(), Set.of(), Set.of(), Set.of(), null);
    }

    @Override
    public LossState at(Moment moment) {
        if (last != null && !moment.now().isAfter(last)) {
            return this;
        }
        var fault = moment.fault();
        if (fault.isPresent()) {
            return new LossState(spec, fired() ? phase : Phase.blind(phase, moment.now(), fault.get()), seen, told, settled,
                    heard,
                    moment.now());
        }
        var incidents = moment.signals().incidents().stream().filter(this::isLoss).filter(one -> !settled.contains(one)).toList();
        var reports = moment.reports().stream().filter(Report.DataLost.class::isInstance).filter(one -> !heard.contains(one))
                .toList();
        return new LossState(spec, fired() ? phase : phase(moment, incidents, reports), new HashSet<>(incidents),
                new HashSet<>(reports), settled, heard, moment.now());
    }

    private boolean isLoss(Incident incident) {
        return spec.delivery().isBrokenBy(incident.kind())
                && (incident.kind() != Incident.Kind.SESSION || incident.away().compareTo(spec.resume()) <= 0);
    }

    private Phase phase(Moment moment, List<Incident> incidents, List<Report> reports) {
        if (!incidents.isEmpty() || !reports.isEmpty()) {
            return new Phase.Fired(moment.now(), evidence(incidents, reports));
        }
        var nobody = moment.nobody();
        return nobody.isPresent()
                ? Phase.blind(phase, moment.now(), nobody.get())
                : new Phase.Quiet("no data loss was seen or reported");
    }

    static String evidence(List<Incident> incidents, List<Report> reports) {
        var words = Stream.concat(incidents.stream().map(Incident::words),
                reports.stream().map(report -> report.actor() + " reports: " + report.reason())).toList();
        return words.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (words.size() > SHOWN ? "; and " + (words.size() - SHOWN) + " more" : "");
    }

    @Override
    public LossState acknowledged(Instant at) {
        if (!fired()) {
            return this;
        }
        var all = new HashSet<>(settled);
        all.addAll(seen);
        var everyReport = new HashSet<>(heard);
        everyReport.addAll(told);
        return new LossState(spec, new Phase.Quiet("acknowledged at " + at), Set.of(), Set.of(), all, everyReport, last);
    }
}
