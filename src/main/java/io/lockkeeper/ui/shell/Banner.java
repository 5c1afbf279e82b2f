package io.lockkeeper.ui.shell;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Which environment this is, in its tier's colour, and whether what is shown is alive. Always on screen.
final class Banner extends VBox {
    private final Label holder = Parts.label("", "banner-small");
    private final Label control = Parts.label("", "banner-tier");
    private final Button take;
    private final boolean guarded;
    private final Label lost = Parts.wrapped("", "lost-band");

    /// @param takeControl asked for the sheet of control
    Banner(Environment environment, Runnable takeControl) {
        guarded = environment.guards().control();
        control.setId("control");
        control.setManaged(guarded);
        control.setVisible(guarded);
        take = Parts.button("take-control", "Take control ...", takeControl, "small");
        take.setManaged(guarded);
        take.setVisible(guarded);
        var name = Parts.label(environment.name(), "banner-name");
        var tier = Parts.label(environment.tier().name().toLowerCase(Locale.ROOT), "banner-tier");
        var line = new HBox(12, name, tier, control, take, Parts.spring(), holder);
        line.getStyleClass().addAll("banner", style(environment.tier()));
        line.setAccessibleText("Environment " + environment.name() + ", " + tier.getText());
        lost.setMaxWidth(Double.MAX_VALUE);
        lost.setId("lost");
        lost.setManaged(false);
        lost.setVisible(false);
        getChildren().addAll(line, lost);
    }

    private static String style(Tier tier) {
        return switch (tier) {
            case SANDBOX -> "tier-sandbox";
            case STAGING -> "tier-staging";
            case PRODUCTION -> "tier-production";
        };
    }

    void show(Snapshot snapshot, Instant now) {
        holder.setText("held by " + snapshot.holder());
        var who = snapshot.control();
        control.setText(who == null
                ? "READ-ONLY: nobody has control"
                : who.actor() + " has control for " + Words.age(now, who.until()) + " more");
        take.setText(who == null ? "Take control ..." : "Control ...");
        boolean dead = !snapshot.following() || snapshot.at().plusSeconds(5).isBefore(now);
        lost.setText("Nobody is reading this environment: everything below is " + Words.age(snapshot.at(), now) + " old");
        lost.setVisible(dead);
        lost.setManaged(dead);
    }
}
