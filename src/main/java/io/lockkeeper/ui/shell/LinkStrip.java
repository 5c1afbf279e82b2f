package io.lockkeeper.ui.shell;

import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// Every link's state in word, shape and colour, those in trouble first. Always on screen, and never more than a few lines of it: the rest is scrolled to.
final class LinkStrip extends ScrollPane {
    private static final double TALLEST = 92;

    private record Shown(Node box, Label state, Tooltip whole) {}

    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private final FlowPane flow = new FlowPane(16, 4);
    private List<String> order = List.of();

    LinkStrip() {
        setContent(flow);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMaxHeight(TALLEST);
        setMinHeight(USE_PREF_SIZE);
        getStyleClass().add("link-strip");
        flow.getStyleClass().add("links");
        flow.heightProperty().subscribe(height -> setPrefHeight(Math.min(TALLEST, height.doubleValue() + 1)));
        setId("links");
        setAccessibleText("Links");
    }

    void show(List<LinkView> links, Instant now) {
        for (var link : links) {
            var one = shown.computeIfAbsent(link.name(), _ -> shown(link, now));
            var look = Words.of(link.state(), now);
            Parts.show(one.state(), look);
            one.whole().setText(link.endpoint() + "\n" + look.words());
        }
        var next = Stream.concat(links.stream().filter(LinkStrip::troubled), links.stream().filter(link -> !troubled(link)))
                .map(LinkView::name).toList();
        if (!next.equals(order)) {
            order = next;
            shown.keySet().retainAll(next);
            flow.getChildren().setAll(shown.keySet().stream().sorted(Comparator.comparingInt(next::indexOf))
                    .map(name -> Objects.requireNonNull(shown.get(name)).box()).toList());
        }
    }

    private static boolean troubled(LinkView link) {
        return !(link.state() instanceof LinkState.Live);
    }

    private static Shown shown(LinkView link, Instant now) {
        var state = Parts.state(Words.of(link.state(), now));
        state.setMaxWidth(420);
        var box = new HBox(6, Parts.label(link.name(), "small"), state);
        var whole = new Tooltip();
        Tooltip.install(box, whole);
        return new Shown(box, state, whole);
    }
}
