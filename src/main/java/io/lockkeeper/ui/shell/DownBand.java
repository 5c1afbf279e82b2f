package io.lockkeeper.ui.shell;

import io.lockkeeper.app.DownNodes;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Which nodes do not serve although nobody took them out. On every screen, for as long as there are any.
final class DownBand extends VBox {
    private final List<String> nodes;
    private final Label words = Parts.wrapped("", "trigger-words");

    DownBand(List<String> nodes) {
        this.nodes = nodes;
        setId("down");
        words.setId("down-words");
        getStyleClass().add("trigger-band");
        getChildren().add(words);
        setVisible(false);
        setManaged(false);
    }

    void show(Fleet fleet, Instant now) {
        var down = DownNodes.words(nodes, fleet, now);
        words.setText(down.orElse(""));
        setVisible(down.isPresent());
        setManaged(down.isPresent());
    }
}
