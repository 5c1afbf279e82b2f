package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.observer.Control;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How far the observer trusts itself, at one moment.
///
/// @param doubt `null` while it does
/// @param finding what the last look at itself rests on, one sentence
/// @param over faults of the last hour that are over: what was seen in them is in no figure
public record ObserverReading(Instant at, List<Control> controls, @Nullable Doubt doubt, String finding,
        List<ObserverFault> over) {
    /// What was seen since then says nothing of the service.
    ///
    /// @param until when triggers may judge again; `null` while the fault goes on
    public record Doubt(Instant since, @Nullable Instant until, String why) {}

    public ObserverReading {
        controls = List.copyOf(controls);
        over = List.copyOf(over);
    }

    /// What was not counted in the last hour, one sentence each.
    public List<String> uncounted() {
        return over.stream()
                .map(fault -> "not counted: what was seen from " + seconds(fault.from()) + " to " + seconds(fault.to())
                        + ", OBSERVER_FAULT: " + fault.why())
                .toList();
    }

    /// What is in doubt, and since when; empty while nothing is.
    public Optional<String> doubted() {
        return doubt == null
                ? Optional.empty()
                : Optional.of("OBSERVER_FAULT since " + seconds(doubt.since()) + ": " + doubt.why()
                        + "; what was seen since then does not count, "
                        + (doubt.until() == null
                                ? "and every trigger that measures is blind"
                                : "triggers judge again at "
                                        + seconds(doubt.until())));
    }

    /// By what a fault of the own network would be noticed, one sentence without its full stop.
    public String means() {
        if (controls.isEmpty()) {
            return "no control targets: a fault of the own network can be told only by counts; name some under clients: controls";
        }
        var proven = controls.stream().filter(control -> !control.unproven()).toList();
        var unproven = controls.stream().filter(control -> control.unproven() && control.asked() != null).toList();
        var words = proven.isEmpty()
                ? "no control target has ever answered: a fault of the own network can be told only by counts"
                : proven.stream().filter(control -> control.failures() == 0).count() + " of " + proven.size()
                        + " control targets answer";
        return words + proven.stream().filter(control -> control.failures() > 0).map(this::failing).collect(Collectors.joining())
                + unproven.stream().map(control -> "; " + control.target() + " has never answered and counts for nothing: "
                        + control.why() + ": check its address").collect(Collectors.joining());
    }

    private String failing(Control control) {
        var answered = control.answered() == null ? at : control.answered();
        return "; " + control.target() + " last answered " + Math.max(0, Duration.between(answered, at).toSeconds()) + " s ago: "
                + control.why();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
