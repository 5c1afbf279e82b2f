package io.lockkeeper.ui.control;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.util.Animations;
import javafx.animation.Animation;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// What lies over the window, one thing at a time.
///
/// The pane below swallows what is shown while something else fades out, be it the refusal of what was just confirmed; here it waits for
/// that, and is shown then. What fades out takes no second click, nor does what lies under it.
public final class Overlay {
    private record Next(Node content, Node focus) {}

    private static final double TOP = 48;

    private final ModalPane pane = new ModalPane();
    private @Nullable Animation leaving;
    private @Nullable Next next;

    public Overlay() {
        pane.setAlignment(Pos.TOP_CENTER); // what grows at its end moves nothing under the pointer
        pane.setOutTransitionFactory(content -> {
            var out = Animations.fadeOut(content, ModalPane.DEFAULT_DURATION_OUT);
            out.setOnFinished(_ -> left());
            leaving = out;
            return out;
        });
    }

    /// To be laid over everything else, once.
    public Node node() {
        return pane;
    }

    public double width() {
        return pane.getWidth();
    }

    /// @param focus who has the keyboard then
    public void show(Node content, Node focus) {
        if (leaving != null && leaving.getStatus() == Animation.Status.RUNNING) {
            next = new Next(content, focus);
        } else {
            StackPane.setMargin(content, new Insets(TOP, 0, 0, 0)); // padding of the pane would leave a strip that is not dimmed
            pane.show(content);
            focus.requestFocus();
        }
    }

    public void hide() {
        next = null;
        var content = pane.getContent();
        if (content != null) {
            content.setDisable(true);
        }
        pane.hide(true);
    }

    private void left() {
        leaving = null;
        var waiting = next;
        next = null;
        if (waiting != null) {
            show(waiting.content(), waiting.focus());
        }
    }
}
