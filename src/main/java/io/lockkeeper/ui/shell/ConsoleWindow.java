package io.lockkeeper.ui.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.UiParts;
import io.lockkeeper.ui.UiSettings;
import io.lockkeeper.ui.control.Background;
import io.lockkeeper.ui.control.Overlay;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The console's window: what is open, in which looks, and the keys that work everywhere.
public final class ConsoleWindow {
    private static final int SMALLEST_TEXT = 10;
    private static final int LARGEST_TEXT = 24;

    private final UiParts parts;
    private final Background background;
    private final StackPane content = new StackPane();
    private final Overlay overlay = new Overlay();
    private final StackPane root = new StackPane(content, overlay.node());
    private @Nullable EnvironmentView open;
    private @Nullable StartView start;

    public ConsoleWindow(UiParts parts) {
        this.parts = parts;
        this.background = new Background(parts.fx());
    }

    /// Shows the window with the list of environments.
    public void show(Stage stage) {
        var scene = new Scene(root, 1280, 800);
        scene.getStylesheets().add(
                Objects.requireNonNull(ConsoleWindow.class.getResource("/io/lockkeeper/ui/lockkeeper.css")).toExternalForm());
        look(parts.settings().theme());
        textSize(parts.settings().textSize());
        keys(scene);
        stage.setScene(scene);
        stage.setTitle("Lockkeeper");
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.setOnCloseRequest(request -> {
            var view = open;
            if (view != null) {
                request.consume();
                view.letGo("Close the window", stage::close);
            }
        });
        showStart();
        stage.show();
    }

    private void keys(Scene scene) {
        var accelerators = scene.getAccelerators();
        accelerators.put(new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN), () -> {
            if (open != null) {
                open.palette();
            }
        });
        accelerators.put(new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                this::otherTheme);
        accelerators.put(new KeyCodeCombination(KeyCode.PLUS, KeyCombination.SHORTCUT_DOWN),
                () -> textSize(parts.settings().textSize() + 1));
        accelerators.put(new KeyCodeCombination(KeyCode.MINUS, KeyCombination.SHORTCUT_DOWN),
                () -> textSize(parts.settings().textSize() - 1));
        accelerators.put(new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN), () -> act("run.rollback"));
        accelerators.put(new KeyCodeCombination(KeyCode.H, KeyCombination.SHORTCUT_DOWN), () -> act("run.hold"));
        accelerators.put(new KeyCodeCombination(KeyCode.DIGIT1, KeyCombination.SHORTCUT_DOWN), () -> act("go.fleet"));
        accelerators.put(new KeyCodeCombination(KeyCode.DIGIT2, KeyCombination.SHORTCUT_DOWN), () -> act("go.signals"));
        accelerators.put(new KeyCodeCombination(KeyCode.DIGIT3, KeyCombination.SHORTCUT_DOWN), () -> act("go.runbooks"));
        accelerators.put(new KeyCodeCombination(KeyCode.DIGIT4, KeyCombination.SHORTCUT_DOWN), () -> act("go.run"));
        accelerators.put(new KeyCodeCombination(KeyCode.DIGIT5, KeyCombination.SHORTCUT_DOWN), () -> act("go.history"));
    }

    private void act(String id) {
        var view = open;
        if (view != null) {
            view.items().stream().filter(item -> item.id().equals(id)).findFirst().ifPresent(view::perform);
        }
    }

    private void otherTheme() {
        var next = dark(parts.settings().theme()) ? UiSettings.Theme.LIGHT : UiSettings.Theme.DARK;
        parts.settings().keep(next, parts.settings().textSize());
        look(next);
    }

    private static boolean dark(UiSettings.Theme theme) {
        return theme == UiSettings.Theme.DARK
                || (theme == UiSettings.Theme.SYSTEM && Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
    }

    private static void look(UiSettings.Theme theme) {
        Application.setUserAgentStylesheet(
                dark(theme) ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    private void textSize(int points) {
        int size = Math.clamp(points, SMALLEST_TEXT, LARGEST_TEXT);
        parts.settings().keep(parts.settings().theme(), size);
        root.setStyle("-fx-font-size: " + size + "px;");
    }

    private void showStart() {
        var view = new StartView(parts.environments().get(), parts.ownFiles(), this::open);
        start = view;
        content.getChildren().setAll(view);
    }

    /// Opens an environment; what goes wrong is said in the list.
    public void open(EnvironmentChoice choice) {
        say("Opening " + choice.name() + " ...");
        background.start(choice.open(), this::opened, why -> say("Could not open " + choice.name() + ": " + why));
    }

    private void say(String words) {
        var view = start;
        if (view != null) {
            view.say(words);
        }
    }

    private void opened(EnvironmentChoice.Opened opened) {
        close();
        var view = new EnvironmentView(opened, parts, overlay, this::leave);
        open = view;
        content.getChildren().setAll(view);
    }

    private void leave() {
        close();
        showStart();
    }

    /// Lets go of what is open; a run that is open stays open.
    public void close() {
        var view = open;
        if (view != null) {
            view.close();
            open = null;
        }
    }
}
