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
        return new HandState(spec, switch (spec.about()) {
            case TICKETS -> tickets(reports, moment.now());
            case CUSTOMER -> customers(reports, moment.now());
            case CONSENSUS -> votes(reports, moment.now());
        }, since, moment.now());
    }

    private Phase tickets(List<Report> reports, Instant now) {
        for (var report : reports) {
            if (report instanceof Report.TicketsRose(_, var actor, var reason, int percent) && percent > spec.limit()) {
                return new Phase.Fired(now, "tickets " + percent + " % over their baseline, by " + actor + ": " + reason);
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

    private Phase votes(List<Report> reports, Instant now) {
        var votes = new LinkedHashMap<String, Report.Voted>();
        for (var report : reports) {
            if (report instanceof Report.Voted vote) {
                votes.put(vote.actor(), vote);
            }
        }
        var inFavour = votes.values().stream().filter(Report.Voted::rollBack).toList();
        int against = votes.size() - inFavour.size();
        var words = inFavour.size() + " of " + spec.limit() + " votes, " + against + " against";
        if (inFavour.size() >= spec.limit() && against == 0) {
            return new Phase.Fired(now, words + ": "
                    + inFavour.stream().map(vote -> vote.actor() + ": " + vote.reason()).collect(Collectors.joining("; ")));
        }
        return inFavour.isEmpty() ? new Phase.Quiet(words) : new Phase.Holding(inFavour.getFirst().at(), null, words);
    }

    @Override
    public HandState acknowledged(Instant at) {
        return fired() ? new HandState(spec, new Phase.Quiet("acknowledged at " + at), at, last) : this;
    }
}
