package io.lockkeeper.ui.drive;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javafx.event.EventHandler;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.robot.Robot;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/// Mouse and keyboard. A press counts only when the thing that was meant is what lay under the pointer.
final class Hand {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long BLINK = 40;

    Answer press(String id) throws InterruptedException {
        return press("#" + id, node -> id.equals(node.getId()));
    }

    /// A row, a cell or a line of a list, by what is written there.
    Answer point(String text) throws InterruptedException {
        return press("\"" + text + "\"", node -> node instanceof IndexedCell<?> cell && text.equals(cell.getText()));
    }

    private Answer press(String what, Predicate<Node> wanted) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        var why = "";
        while (System.nanoTime() < until) {
            why = tryPress(what, wanted);
            if (why.isEmpty()) {
                return Answer.yes();
            }
            TimeUnit.MILLISECONDS.sleep(BLINK);
        }
        return Answer.no(why);
    }

    private static String tryPress(String what, Predicate<Node> wanted) throws InterruptedException {
        Optional<Node> found = Screen.onFx(() -> Screen.visible(wanted).stream().findFirst());
        if (found.isEmpty()) {
            return what + " is not on the screen";
        }
        var node = found.get();
        if (Screen.onFx(node::isDisabled)) {
            return what + " is disabled";
        }
        Screen.onFx(() -> {
            reveal(node);
            return true;
        });
        var before = Screen.onFx(() -> middle(node));
        TimeUnit.MILLISECONDS.sleep(BLINK);
        var after = Screen.onFx(() -> middle(node));
        if (after == null || !after.equals(before)) {
            return what + " moves";
        }
        var hit = new AtomicReference<@Nullable Node>();
        EventHandler<MouseEvent> ear = event -> hit.set((Node) event.getTarget());
        Window window = Screen.onFx(() -> node.getScene().getWindow());
        Screen.onFx(() -> {
            window.getScene().addEventFilter(MouseEvent.MOUSE_PRESSED, ear);
            var robot = new Robot();
            robot.mouseMove(after);
            return true;
        });
        TimeUnit.MILLISECONDS.sleep(BLINK);
        Screen.onFx(() -> {
            var robot = new Robot();
            robot.mousePress(MouseButton.PRIMARY);
            robot.mouseRelease(MouseButton.PRIMARY);
            return true;
        });
        for (int i = 0; i < 25 && hit.get() == null; i++) {
            TimeUnit.MILLISECONDS.sleep(BLINK);
        }
        Screen.onFx(() -> {
            window.getScene().removeEventFilter(MouseEvent.MOUSE_PRESSED, ear);
            return true;
        });
        var target = hit.get();
        return target == null
                ? "the press on " + what + " did not arrive"
                : Screen.within(target, node) ? "" : what + " is behind " + target;
    }

    private static @Nullable Point2D middle(Node node) {
        var bounds = node.getBoundsInLocal();
        return node.localToScreen(bounds.getCenterX(), bounds.getCenterY());
    }

    /// Scrolls as somebody would who looks for it.
    private static void reveal(Node node) {
        for (var at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane pane && pane.getContent() != null && Screen.within(node, pane.getContent())) {
                var inContent = pane.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal()));
                double height = pane.getViewportBounds().getHeight();
                double hidden = pane.getContent().getBoundsInLocal().getHeight() - height;
                double top = pane.getVvalue() * Math.max(0, hidden);
                if (hidden > 0 && (inContent.getMinY() < top || inContent.getMaxY() > top + height)) {
                    pane.setVvalue(Math.clamp((inContent.getCenterY() - height / 2) / hidden, 0, 1));
                }
            }
        }
    }

    Answer type(String id, String text) throws InterruptedException {
        var pressed = press(id);
        if (!pressed.done()) {
            return pressed;
        }
        return Screen.onFx(() -> {
            var found = Screen.visible(node -> id.equals(node.getId())).stream().findFirst();
            var input = found.map(Hand::input).orElse(null);
            if (input == null) {
                return Answer.no(id + " takes no text");
            }
            if (!input.isFocused() && !found.get().isFocused()) {
                return Answer.no(id + " has no focus after it was pressed");
            }
            input.selectAll();
            text.chars().forEach(letter -> input.fireEvent(
                    new KeyEvent(KeyEvent.KEY_TYPED, Character.toString(letter), "", KeyCode.UNDEFINED, false, false, false,
                            false)));
            return input.getText().equals(text) ? Answer.yes() : Answer.no(id + " says " + input.getText());
        });
    }

    private static @Nullable TextInputControl input(Node node) {
        return switch (node) {
            case TextInputControl input -> input;
            case ComboBox<?> box when box.isEditable() -> box.getEditor();
            default -> null;
        };
    }

    Answer choose(String id, String text) throws InterruptedException {
        var opened = press(id);
        return opened.done()
                ? press("the choice " + text, node -> node instanceof ListCell<?> cell && text.equals(cell.getText())
                        && node.getScene().getWindow() instanceof PopupWindow)
                : opened;
    }

    /// @param combination such as `CTRL+K`
    Answer key(String combination) throws InterruptedException {
        return Screen.onFx(() -> {
            var robot = new Robot();
            var keys = List.of(combination.split("\\+", -1));
            keys.forEach(key -> robot.keyPress(code(key)));
            keys.reversed().forEach(key -> robot.keyRelease(code(key)));
            return Answer.yes();
        });
    }

    private static KeyCode code(String key) {
        return key.equals("CTRL") ? KeyCode.CONTROL : KeyCode.valueOf(key);
    }

    Answer size(int width, int height) throws InterruptedException {
        return Screen.onFx(() -> Screen.stage().map(stage -> {
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            return Answer.yes();
        }).orElse(Answer.no("no window is open")));
    }

    Answer close() throws InterruptedException {
        return Screen.onFx(() -> Screen.stage().map(stage -> {
            stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
            return Answer.yes();
        }).orElse(Answer.no("no window is open")));
    }
}
