package io.lockkeeper.ui.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;

/// What is on the screen: every showing window of the program, popups last.
final class Screen {
    private static volatile boolean started;

    private Screen() {}

    /// Runs on the FX thread and waits for it.
    static <T> T onFx(Callable<T> work) throws InterruptedException {
        var task = new FutureTask<>(work);
        awaitToolkit();
        Platform.runLater(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Until the program has started JavaFX, there is nothing to be seen.
    private static void awaitToolkit() throws InterruptedException {
        for (int i = 0; i < 600 && !started; i++) {
            try {
                Platform.runLater(() -> started = true);
            } catch (IllegalStateException _) {
                // not yet
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    static Optional<Stage> stage() {
        return Window.getWindows().stream().filter(Window::isShowing).filter(Stage.class::isInstance).map(Stage.class::cast)
                .findFirst();
    }

    static List<Node> visible(Predicate<Node> wanted) {
        var found = new ArrayList<Node>();
        for (var window : List.copyOf(Window.getWindows())) {
            var scene = window.getScene();
            if (window.isShowing() && scene != null && !(window instanceof PopupWindow popup && popup.isAutoFix()
                    && scene.getRoot().getStyleClass().contains("tooltip"))) {
                collect(scene.getRoot(), wanted, found);
            }
        }
        return found;
    }

    private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        if (wanted.test(node)) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, found));
        }
    }

    static boolean within(Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
