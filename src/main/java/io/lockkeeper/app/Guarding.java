package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What there is to know of the triggers that are to guard a run, before anything of it is ordered.
///
/// @param willWatch whether whoever acts in the environment watches it with clients of ours
/// @param baselines the recorded ones
public record Guarding(boolean willWatch, Supplier<List<Baseline>> baselines) {
    public static final Guarding NOBODY = new Guarding(false, List::of);

    /// One sentence each; empty where all of them see.
    List<String> warnings(List<String> watch, Environment environment, Snapshot snapshot, Instant now) {
        var warnings = new ArrayList<String>();
        var measured = new ArrayList<TriggerSpec>();
        var known = Optional.ofNullable(snapshot.watch());
        for (var name : watch) {
            var spec = environment.triggers().specs().stream().filter(one -> one.name().equals(name)).findFirst();
            var phase = known.stream().flatMap(read -> read.triggers().stream()).filter(one -> one.name().equals(name))
                    .map(TriggerReading::phase).findFirst();
            if (spec.isEmpty()) {
                warnings.add("watch: " + name + " is switched off in this environment and guards nothing");
            } else if (phase.orElse(null) instanceof Phase.Fired(_, var evidence)) {
                warnings.add("watch: " + name + " has fired and nobody has acknowledged it, so the run will wait before its first"
                        + " order: " + evidence);
            } else if (!(spec.get() instanceof TriggerSpec.ByHand)) {
                measured.add(spec.get());
            }
        }
        if (!measured.isEmpty()) {
            warnings.addAll(blind(measured, environment, known, now));
        }
        return warnings;
    }

    private List<String> blind(List<TriggerSpec> specs, Environment environment, Optional<WatchReading> known, Instant now) {
        if (known.filter(read -> read.watcher().watching()).isPresent()) {
            return specs.stream().flatMap(spec -> known.get().triggers().stream().filter(one -> one.name().equals(spec.name()))
                    .filter(one -> one.phase() instanceof Phase.Blind)
                    .map(one -> "watch: " + one.name() + " is blind: " + one.phase().words() + remedy(spec, environment)))
                    .toList();
        }
        var names = String.join(", ", specs.stream().map(TriggerSpec::name).toList());
        if (!environment.can(Capability.CLIENTS)) {
            return List.of("watch: " + names + (specs.size() == 1 ? " guards" : " guard") + " nothing: this environment cannot "
                    + Capability.CLIENTS.words() + reported(specs));
        }
        if (!willWatch) {
            return List.of("watch: " + names + (specs.size() == 1 ? " is" : " are") + " blind: nobody is watching"
                    + reported(specs));
        }
        return specs.stream().filter(TriggerSpec.Slower.class::isInstance).map(TriggerSpec.Slower.class::cast)
                .filter(spec -> baselines.get().stream().noneMatch(one -> spec.counts(one, now)))
                .map(spec -> "watch: " + spec.name() + " is blind: no baseline" + remedy(spec, environment)).toList();
    }

    private static String remedy(TriggerSpec spec, Environment environment) {
        return spec instanceof TriggerSpec.Slower
                ? "; record one with `lockkeeper baseline record --env " + environment.name() + "`"
                : "";
    }

    /// Whoever sees a loss can still say so.
    private static String reported(List<TriggerSpec> specs) {
        return specs.stream().filter(spec -> Report.Kind.of(spec).isPresent()).findFirst()
                .map(spec -> "; " + spec.name() + " goes by what people report alone").orElse("");
    }
}
