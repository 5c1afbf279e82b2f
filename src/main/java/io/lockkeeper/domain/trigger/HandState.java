package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// T5, T6 and T7: what people report and vote. No fault of the observer keeps them from it.
///
/// @param since only later reports count
/// @param last the last evaluation; `null` before the first
public record HandState(ByHand spec, Phase phase, Instant since, @Nullable Instant last) implements TriggerState {
    HandState(ByHand spec) {
        this(spec, new Phase.Quiet("nobody has reported anything"), Instant.MIN, null);
    }

    @Override
    public HandState at(Moment moment) {
        if (fired() || (last != null && !moment.now().isAfter(last))) {
            return this;
        }
        var reports = moment.reports().stream().filter(report -> report.at().isAfter(since) && !report.at().isAfter(moment.now()))
                .toList();
        return new HandState(spec, judged(spec, reports, moment.now()), since, moment.now());
    }

    /// Where a trigger stands on these reports, the oldest first.
    static Phase judged(ByHand spec, List<Report> reports, Instant now) {
        return switch (spec.about()) {
            case TICKETS -> tickets(spec, reports, now);
            case CUSTOMER -> customers(reports, now);
            case CONSENSUS -> votes(spec, reports, now);
        };
    }

    private static <T extends Report> List<T> lastOfEach(List<Report> reports, Class<T> kind) {
        var last = new LinkedHashMap<String, T>();
        reports.stream().filter(kind::isInstance).map(kind::cast).forEach(one -> last.put(one.actor(), one));
        return List.copyOf(last.values());
    }

    private static Phase tickets(ByHand spec, List<Report> reports, Instant now) {
        for (var report : lastOfEach(reports, Report.TicketsRose.class)) {
            if (report.percent() > spec.limit()) {
                return new Phase.Fired(now,
                        "tickets " + report.percent() + " % over their baseline, by " + report.actor() + ": " + report.reason());
            }
        }
        return new Phase.Quiet("no rise of tickets above " + spec.limit() + " % was reported");
    }

    private static Phase customers(List<Report> reports, Instant now) {
        var breached = reports.stream().filter(Report.CustomerBreached.class::isInstance).map(Report.CustomerBreached.class::cast)
                .map(one -> one.customer() + ", by " + one.actor() + ": " + one.reason()).toList();
        return breached.isEmpty()
                ? new Phase.Quiet("no breach was reported")
                : new Phase.Fired(now, "SLA breached of " + String.join("; ", breached));
    }

    private static Phase votes(ByHand spec, List<Report> reports, Instant now) {
        var votes = lastOfEach(reports, Report.Voted.class);
        var inFavour = votes.stream().filter(Report.Voted::rollBack).toList();
        var against = votes.stream().filter(vote -> !vote.rollBack()).toList();
        var words = inFavour.size() + " of " + spec.limit() + " votes, " + against.size() + " against";
        if (inFavour.size() >= spec.limit() && against.isEmpty()) {
            return new Phase.Fired(now, words + said(inFavour));
        }
        return inFavour.isEmpty()
                ? new Phase.Quiet(words + said(against))
                : new Phase.Holding(inFavour.getFirst().at(), null, words + said(votes));
    }

    private static String said(List<Report.Voted> votes) {
        return votes.isEmpty()
                ? ""
                : ": " + votes.stream().map(vote -> vote.actor() + (vote.rollBack() ? "" : " against") + ": " + vote.reason())
                        .collect(Collectors.joining("; "));
    }

    @Override
    public HandState acknowledged(Instant at) {
        return fired() ? new HandState(spec, new Phase.Quiet("acknowledged at " + at), at, last) : this;
    }
}
