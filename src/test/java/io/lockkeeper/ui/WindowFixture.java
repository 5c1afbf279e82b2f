package io.lockkeeper.ui;

import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.ui.shell.ConsoleWindow;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// A window on one scene.
public final class WindowFixture implements UiSettings {
    public final SceneAccess access;
    public final EnvironmentChoice choice;
    public final ConsoleWindow window;
    /// Texts by the names of the files they were to be written to.
    public final Map<String, String> exported = new ConcurrentHashMap<>();
    private Theme theme;

    public WindowFixture(Scenes.Scene scene, Theme theme, List<Runbook> runbooks) {
        this.theme = theme;
        access = new SceneAccess(scene);
        choice = new EnvironmentChoice("demo", Tier.SANDBOX, "A service to try everything on.", List.of(),
                () -> new EnvironmentChoice.Opened(access, (_, _) -> new Prepared.Refused(List.of("not in this picture")),
                        scene.signals(), scene.archive()));
        var library = new RunbookLibrary() {
            @Override
            public List<Runbook> runbooks() {
                return runbooks;
            }

            @Override
            public List<Problem> problems() {
                return List.of();
            }
        };
        var broken = new EnvironmentChoice("shop-production", Tier.PRODUCTION, "This file cannot be used.",
                List.of("environments/shop-production.yaml:12:7: error: unknown key \"balancer\" (did you mean \"balancers\"?)"),
                () -> {
                    throw new IllegalStateException("never opened");
                });
        window = new ConsoleWindow(
                new UiParts(WindowFixture::onFxThread, () -> List.of(choice, broken), library, InstantSource.fixed(scene.now()),
                        "kim", this, "~/.config/lockkeeper/environments", this::export));
    }

    private String export(String name, String text) {
        exported.put(name, text);
        return "exports/" + name;
    }

    private static void onFxThread(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }

    @Override
    public Theme theme() {
        return theme;
    }

    @Override
    public int textSize() {
        return 14;
    }

    @Override
    public void keep(@Nullable Theme next, int textSize) {
        theme = next == null ? theme : next;
    }
}
