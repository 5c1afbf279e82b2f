package io.lockkeeper.ui.shell;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Parts;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// That this console is at fault itself, why and since when. On every screen, and gone when it is not.
final class DoubtBand extends VBox {
    private final Label words = Parts.wrapped("", "doubt-words");

    DoubtBand() {
        setId("doubt");
        words.setId("doubt-words");
        getStyleClass().add("doubt-band");
        getChildren().add(words);
        show((String) null);
    }

    void show(Snapshot snapshot) {
        show(Optional.ofNullable(snapshot.watch()).flatMap(WatchReading::doubted).orElse(null));
    }

    private void show(@Nullable String doubt) {
        words.setText(doubt == null ? "" : doubt);
        setVisible(doubt != null);
        setManaged(doubt != null);
    }
}
