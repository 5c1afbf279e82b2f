package io.lockkeeper.ui.shell;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/// Asks what a person has to tell a trigger, and why. Nothing is given before all of it is there.
final class ReportSheet {
    private final Sheet sheet;
    private final Report.Kind kind;
    private final String actor;
    private final Instant now;
    private final TextField reason = field("act-reason", "reason; stands in journal and report", "reason");
    private final TextField percent = field("report-percent", "percent over the baseline, such as 25",
            "percent of tickets over their baseline");
    private final TextField customer = field("report-customer", "name of the customer", "customer");
    private final RadioButton inFavour = new RadioButton("For going back");
    private final RadioButton against = new RadioButton("Against going back");

    /// @param now when it is said
    ReportSheet(Sheet sheet, Report.Kind kind, String actor, Instant now) {
        this.sheet = sheet;
        this.kind = kind;
        this.actor = actor;
        this.now = now;
        var votes = new ToggleGroup();
        inFavour.setId("vote-for");
        against.setId("vote-against");
        inFavour.setToggleGroup(votes);
        against.setToggleGroup(votes);
    }

    private static TextField field(String id, String prompt, String words) {
        var field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(words);
        return field;
    }

    /// @param trigger as it stands
    /// @param then gets the report
    void open(ActionItem item, TriggerReading trigger, Consumer<Report> then) {
        var content = new ArrayList<Node>();
        content.add(Parts.wrapped(trigger.name() + " " + trigger.action().words() + " when " + trigger.condition() + "."));
        content.add(Parts.wrapped("Now " + trigger.words() + "."));
        switch (kind) {
            case TICKETS -> content.add(percent);
            case CUSTOMER -> content.add(customer);
            case VOTE -> {
                content.add(Parts.wrapped("Everybody's last vote counts; yours is in the name of " + actor + "."));
                content.add(new HBox(16, inFavour, against));
            }
            case DATA_LOSS -> {
                // the reason says it all
            }
        }
        content.add(reason);
        var go = Parts.button("sheet-confirm", item.words(), () -> report().ifPresent(told -> {
            sheet.close();
            then.accept(told);
        }), "accent");
        Runnable check = () -> go.setDisable(report().isEmpty());
        for (var field : new TextField[]{reason, percent, customer}) {
            field.textProperty().addListener((_, _, _) -> check.run());
        }
        inFavour.selectedProperty().addListener((_, _, _) -> check.run());
        against.selectedProperty().addListener((_, _, _) -> check.run());
        check.run();
        sheet.show(item.words(), content, go);
    }

    private Optional<Report> report() {
        var why = reason.getText().strip();
        if (why.isEmpty()) {
            return Optional.empty();
        }
        return switch (kind) {
            case DATA_LOSS -> Optional.of(new Report.DataLost(now, actor, why));
            case TICKETS -> percent().map(share -> new Report.TicketsRose(now, actor, why, share));
            case CUSTOMER -> customer.getText().isBlank()
                    ? Optional.empty()
                    : Optional.of(new Report.CustomerBreached(now, actor, why, customer.getText().strip()));
            case VOTE -> inFavour.isSelected() || against.isSelected()
                    ? Optional.of(new Report.Voted(now, actor, why, inFavour.isSelected()))
                    : Optional.empty();
        };
    }

    private Optional<Integer> percent() {
        try {
            int given = Integer.parseInt(percent.getText().replace("%", "").strip());
            return given < 0 || given > Report.MOST_PERCENT ? Optional.empty() : Optional.of(given);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
