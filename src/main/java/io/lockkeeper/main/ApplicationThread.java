package io.lockkeeper.main;

import io.lockkeeper.ui.FxThread;
import javafx.application.Platform;

/// The one place where work is handed to the JavaFX application thread.
final class ApplicationThread implements FxThread {
    @Override
    public void run(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }
}
