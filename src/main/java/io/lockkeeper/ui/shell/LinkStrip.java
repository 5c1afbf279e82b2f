package io.lockkeeper.ui.shell;

import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// Every link's state in word, shape and colour. Always on screen.
final class LinkStrip extends FlowPane {
    private final Map<String, Label> labels = new LinkedHashMap<>();

    LinkStrip() {
        super(16, 4);
        getStyleClass().add("links");
        setId("links");
        setAccessibleText("Links");
    }

    void show(List<LinkView> links, Instant now) {
        if (!links.stream().map(LinkView::name).toList().equals(List.copyOf(labels.keySet()))) {
            labels.clear();
            getChildren().clear();
            links.forEach(link -> {
                var state = Parts.state(Words.of(link.state(), now));
                state.setMaxWidth(420);
                var box = new HBox(6, Parts.label(link.name(), "small"), state);
                Tooltip.install(box, new Tooltip(link.endpoint()));
                labels.put(link.name(), state);
                getChildren().add(box);
            });
        }
        links.forEach(link -> {
            var label = labels.get(link.name());
            if (label != null) {
                Parts.show(label, Words.of(link.state(), now));
            }
        });
    }
}
