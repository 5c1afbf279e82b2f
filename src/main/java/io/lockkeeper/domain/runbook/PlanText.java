package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/// A plan line by line, the same for the same plan for ever: what is hashed when somebody approves it, and what people compare.
public final class PlanText {
    private PlanText() {}

    public static String of(Plan plan) {
        var text = new StringJoiner("\n", "", "\n");
        text.add(plan.runbook() + ": " + plan.title());
        if (!plan.watch().isEmpty()) {
            text.add("watch | " + String.join(", ", plan.watch()));
        }
        add(plan.steps(), text);
        return text.toString();
    }

    /// SHA-256 of the text, lower-case hex.
    public static String hash(Plan plan) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(of(plan).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(List<Step> steps, StringJoiner text) {
        for (var step : steps) {
            text.add(step.path() + " | " + step.title() + " | " + detail(step));
            switch (step) {
                case Step.ForEach each -> each.lanes().forEach(lane -> {
                    text.add(lane.path());
                    add(lane.steps(), text);
                });
                case Step.Decision decision -> decision.choices().forEach(choice -> {
                    text.add(step.path() + "[" + choice.id() + "] | " + choice.text() + " | then " + choice.then().key());
                    add(choice.steps(), text);
                });
                default -> {
                    // one line says it all
                }
            }
        }
    }

    /// What a step does, without its title.
    public static String detail(Step step) {
        return switch (step) {
            case Step.Checklist list -> "checklist " + list.items().stream()
                    .map(item -> item.id() + " " + item.text() + (item.ask() == null ? "" : " (" + item.ask() + ")")).toList();
            case Step.Action action -> action.verb().key() + " " + action.node()
                    + (action.version() == null ? "" : " version " + action.version())
                    + (action.percent() == null ? "" : " " + action.percent() + "%")
                    + (action.drain() == null ? "" : " " + terms(action.drain())) + " timeout "
                    + Durations.words(action.timeout());
            case Step.Errand errand -> errand.kind().verb() + " " + errand.name()
                    + (errand.node() == null ? "" : " for " + errand.node())
                    + (errand.version() == null ? "" : " version " + errand.version()) + " deadline "
                    + Durations.words(errand.deadline()) + " confirmed when " + errand.confirm().words();
            case Step.Gate gate -> "gate " + check(gate.check()) + " for " + Durations.words(gate.hold()) + " within "
                    + Durations.words(gate.within()) + " else " + gate.onFail().key() + ", " + gate.onInconclusive().key() + ", "
                    + gate.onNoData().key();
            case Step.Soak soak -> "soak " + Durations.words(soak.hold()) + " "
                    + soak.checks().stream().map(PlanText::check).toList()
                    + " tolerate " + Durations.words(soak.tolerate()) + " patience " + Durations.words(soak.patience()) + " else "
                    + soak.onFail().key();
            case Step.Decision decision -> "decision, votes " + decision.votes();
            case Step.Approval approval -> "approval by who may " + approval.may() + ", expires "
                    + Durations.words(approval.expires());
            case Step.PointOfNoReturn point -> "point of no return: " + point.text() + "; onward " + point.onward();
            case Step.Note note -> "note: " + note.text();
            case Step.ForEach each -> "each, at most " + each.maxUnavailable() + " out";
        };
    }

    private static String terms(Step.DrainTerms terms) {
        return "deadline " + Durations.words(terms.deadline()) + " then " + terms.stragglers().key() + " " + terms.perSecond()
                + "/s";
    }

    private static String check(Step.Check check) {
        return check.name() + (check.node() == null ? "" : " of " + check.node()) + " " + check.condition().words();
    }
}
