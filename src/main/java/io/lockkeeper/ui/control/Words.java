package io.lockkeeper.ui.control;

import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.Ikon;

/// How states look and read: always a word and a shape besides the colour.
public final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private Words() {}

    /// @param style one of `good`, `busy`, `warn`, `bad`, `quiet`
    public record Look(Ikon icon, String style, String words) {}

    /// Of a step that another choice has passed over.
    public static final Look NOT_CHOSEN = new Look(MaterialDesignC.CIRCLE_OFF_OUTLINE, "quiet", "not chosen");

    /// More than the state: an approval waits for somebody else than who looks at it, and a soak may be bad, or blind, at the moment.
    public static Look of(StepRun step) {
        var look = of(step.state());
        if (step.state() == StepState.AWAITING_PERSON && step.approval() != null) {
            return new Look(look.icon(), look.style(), "waits for somebody else");
        }
        var soak = step.state() == StepState.SOAKING ? step.soak() : null;
        return soak == null || soak.pausedSince() == null
                ? look
                : new Look(MaterialDesignA.ALERT_CIRCLE_OUTLINE, soak.bad() ? "bad" : "warn",
                        soak.bad() ? "soaking, BAD now" : "soaking, no evidence now");
    }

    public static Look of(StepState state) {
        return switch (state) {
            case NOT_STARTED -> new Look(MaterialDesignC.CIRCLE_OUTLINE, "quiet", state.words());
            case BLOCKED -> new Look(MaterialDesignH.HAND_BACK_RIGHT_OUTLINE, "warn", state.words());
            case AWAITING_PERSON -> new Look(MaterialDesignA.ACCOUNT_ALERT_OUTLINE, "warn", state.words());
            case RUNNING, VERIFYING, SOAKING -> new Look(MaterialDesignP.PROGRESS_CLOCK, "busy", state.words());
            case OUTCOME_UNKNOWN -> new Look(MaterialDesignH.HELP_CIRCLE, "bad", "OUTCOME UNKNOWN");
            case SUCCEEDED -> new Look(MaterialDesignC.CHECK_CIRCLE, "good", state.words());
            case FAILED, TIMED_OUT -> new Look(MaterialDesignC.CLOSE_CIRCLE, "bad", state.words());
            case SKIPPED -> new Look(MaterialDesignS.SKIP_NEXT_CIRCLE_OUTLINE, "warn", state.words());
            case ABORTED -> new Look(MaterialDesignC.CANCEL, "warn", state.words());
        };
    }

    public static Look of(LinkState state, Instant now) {
        return switch (state) {
            case LinkState.Offline _ -> new Look(MaterialDesignL.LAN_DISCONNECT, "quiet", "not connected");
            case LinkState.Connecting(int attempt, _, var cause) when attempt > 1 ->
                new Look(MaterialDesignL.LAN_DISCONNECT, "bad", "lost: attempt " + attempt + " now; " + cause);
            case LinkState.Connecting _ -> new Look(MaterialDesignL.LAN_PENDING, "busy", "connecting");
            case LinkState.Live(_, var heard) -> new Look(MaterialDesignL.LAN_CONNECT, "good", "live, " + age(heard, now));
            case LinkState.Stale(_, var heard) -> new Look(MaterialDesignL.LAN_PENDING, "warn", "silent for " + age(heard, now));
            case LinkState.Waiting(int attempt, var retry, var cause) ->
                new Look(MaterialDesignL.LAN_DISCONNECT, "bad", "lost: attempt " + (attempt + 1) + " in "
                        + Math.max(0, Duration.between(now, retry).toSeconds()) + " s; " + cause);
            case LinkState.Refused(var cause, _) -> new Look(MaterialDesignD.DOOR_CLOSED_LOCK, "bad", "refused: " + cause);
        };
    }

    /// The time of day on this computer.
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /// Day and time of day on this computer.
    public static String day(Instant at) {
        return DAY.format(at);
    }

    /// The time of day, with the day before it where that is another than `now`'s.
    public static String moment(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(Duration.ofHours(20)) < 0 ? time(at) : DAY.format(at);
    }

    public static String age(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
