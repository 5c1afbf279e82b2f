package io.lockkeeper.domain.run;

import io.lockkeeper.domain.signal.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far one step got, for the kinds that take their time.
public sealed interface StepProgress {
    /// @param sessions ids to be accounted for; empty where the proof can only be by count
    /// @param emptySince since when every count was freshly zero; `null` while it is not
    /// @param stragglers how many were left when the operator was asked; `null` before
    /// @param choice what was decided; `null` before, and again once the operator is asked anew
    /// @param decidedAt when; `null` before
    record DrainWatch(String node, Instant beganAt, List<String> sessions, boolean bySession, Instant deadline,
            @Nullable Instant emptySince, @Nullable Long stragglers, @Nullable StragglerChoice choice,
            @Nullable Instant decidedAt) implements StepProgress {
        DrainWatch empty(@Nullable Instant since) {
            return new DrainWatch(node, beganAt, sessions, bySession, deadline, since, stragglers, choice, decidedAt);
        }

        DrainWatch asked(long count) {
            return new DrainWatch(node, beganAt, sessions, bySession, deadline, emptySince, count, null, decidedAt);
        }

        DrainWatch decided(StragglerChoice next, Instant until, Instant at) {
            return new DrainWatch(node, beganAt, sessions, bySession, until, emptySince, stragglers, next, at);
        }
    }

    /// @param holdingSince since when the condition holds without a gap; `null` while it does not
    /// @param until when the gate gives its last verdict
    /// @param last the newest reading that was journalled; `null` before
    record GateWatch(@Nullable Instant holdingSince, Instant until, boolean extended,
            @Nullable Reading last) implements StepProgress {}

    /// @param counted time with evidence, as journalled
    /// @param samples how many readings that rests on
    /// @param pausedSince since when no time counts; `null` while it does
    /// @param bad whether it pauses because a check is bad, not because evidence is missing
    /// @param last the newest reading that was journalled; `null` before
    record SoakWatch(Duration counted, long samples, @Nullable Instant pausedSince, boolean bad,
            @Nullable Reading last) implements StepProgress {
        static final SoakWatch NEW = new SoakWatch(Duration.ZERO, 0, null, false, null);

        SoakWatch paused(Instant since, boolean isBad, Reading why) {
            return new SoakWatch(counted, samples, since, isBad, why);
        }

        SoakWatch counting() {
            return new SoakWatch(counted, samples, null, false, last);
        }

        SoakWatch more(Duration time, long readings, Reading worst) {
            return new SoakWatch(counted.plus(time), samples + readings, null, false, worst);
        }
    }

    /// @param chosen by whom, in the order given
    record Votes(Map<String, String> chosen) implements StepProgress {
        public Votes {
            chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
        }

        Votes with(String actor, String choice) {
            var more = new LinkedHashMap<>(chosen);
            more.put(actor, choice);
            return new Votes(more);
        }
    }

    /// @param by those who chose it
    record Chosen(String choice, List<String> by) implements StepProgress {}

    /// @param request the text to be signed, byte for byte
    record ApprovalWatch(String request, Instant expires) implements StepProgress {}

    record Approved(String by) implements StepProgress {}
}
