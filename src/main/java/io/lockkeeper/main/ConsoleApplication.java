package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.UiParts;
import io.lockkeeper.ui.shell.ConsoleWindow;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// JavaFX's way of starting a window. It makes the instance itself, so what the window needs is handed over beforehand.
public final class ConsoleApplication extends Application {
    private static final int FRAMES_OF_A_SMOKE = 3;

    /// @param smoke end after the first frames
    private record Order(WindowDesk desk, boolean demo, boolean smoke) {}

    private static final AtomicReference<@Nullable Order> NEXT = new AtomicReference<>();
    private @Nullable ConsoleWindow window;

    /// Made by JavaFX.
    public ConsoleApplication() {}

    /// Blocks until the window is closed.
    static void open(WindowDesk desk, boolean demo, boolean smoke) throws Unusable {
        NEXT.set(new Order(desk, demo, smoke));
        // The software pipeline leaves ghosts of sheets behind when it redraws only what it takes for changed.
        System.setProperty("prism.dirtyopts", "false");
        try {
            Application.launch(ConsoleApplication.class);
        } catch (UnsupportedOperationException | IllegalStateException e) {
            throw new Unusable("the window cannot be opened: " + e.getMessage());
        }
    }

    @Override
    public void start(Stage stage) {
        var order = NEXT.getAndSet(null);
        if (order == null) {
            throw new IllegalStateException("started without an order");
        }
        var desk = order.desk();
        var parts = new UiParts(new ApplicationThread(), desk::choices, desk.library(), InstantSource.system(), desk.user(),
                desk.settings(), desk.ownFiles(), desk::export);
        var console = new ConsoleWindow(parts);
        window = console;
        console.show(stage);
        if (order.demo()) {
            desk.choices().stream().filter(choice -> choice.name().equals("demo")).findFirst()
                    .ifPresent((EnvironmentChoice demo) -> console.open(demo));
        }
        if (order.smoke()) {
            endAfterFirstFrames();
        }
    }

    private static void endAfterFirstFrames() {
        new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long now) {
                frames++;
                if (frames >= FRAMES_OF_A_SMOKE) {
                    stop();
                    Platform.exit();
                }
            }
        }.start();
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
    }
}
