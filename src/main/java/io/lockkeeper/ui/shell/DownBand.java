package io.lockkeeper.ui.shell;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeStanding;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Which nodes do not serve although nobody took them out. On every screen, for as long as there are any.
final class DownBand extends VBox {
    private static final int NAMED = 4;

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
        var standing = nodes.stream().map(node -> NodeStanding.of(fleet, node, now)).toList();
        var down = nodes.stream().filter(node -> standing.get(nodes.indexOf(node)) == NodeStanding.DOWN).toList();
        long serving = standing.stream().filter(one -> one == NodeStanding.SERVES).count();
        words.setText(words(down, serving, nodes.size()));
        setVisible(!down.isEmpty());
        setManaged(!down.isEmpty());
    }

    static String words(List<String> down, long serving, int all) {
        var more = down.size() - NAMED;
        return "DOWN, and nobody took " + (down.size() == 1 ? "it" : "them") + " out: "
                + String.join(", ", down.subList(0, Math.min(NAMED, down.size()))) + (more > 0 ? " and " + more + " more" : "")
                + ". " + serving + " of " + all + (all == 1 ? " node" : " nodes") + " known to serve.";
    }
}
