package io.lockkeeper.ui;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.runbook.Runbook;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.control.ButtonBase;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// Draws every scene in both themes and two sizes: `bin/pictures [FOLDER [SCENE...]]`; scenes are told by the beginnings of their names.
public final class Gallery {
    private Gallery() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments.length > 0 ? arguments[0] : "docs/pictures"));
        var toolkit = new CountDownLatch(1);
        Platform.startup(toolkit::countDown);
        toolkit.await();
        Platform.setImplicitExit(false);
        var runbooks = runbooks();
        var wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        for (var scene : wanted(wanted, Scenes.all())) {
            for (var theme : List.of(UiSettings.Theme.LIGHT, UiSettings.Theme.DARK)) {
                draw(scene, theme, 1280, 800, runbooks, folder);
            }
        }
        for (var scene : wanted(wanted, List.of(Scenes.draining(), Scenes.signals(), Scenes.signalsFired()))) {
            draw(scene, UiSettings.Theme.LIGHT, 1920, 1080, runbooks, folder);
        }
        for (var scene : wanted(wanted, List.of(Scenes.gateFailed(), Scenes.signalsOfManyNodes(), Scenes.firedInRun()))) {
            draw(scene, UiSettings.Theme.DARK, 1920, 1080, runbooks, folder);
        }
        System.exit(0); // the toolkit's own way out still wants to draw
    }

    private static List<Scenes.Scene> wanted(List<String> names, List<Scenes.Scene> scenes) {
        return scenes.stream().filter(scene -> names.isEmpty() || names.stream().anyMatch(scene.name()::startsWith)).toList();
    }

    private static List<Runbook> runbooks() throws IOException {
        var runbooks = new ArrayList<Runbook>();
        for (var file : RunbookFolder.files(Path.of("runbooks"))) {
            RunbookFolder.read(file).runbook().ifPresent(runbooks::add);
        }
        return runbooks;
    }

    private static void draw(Scenes.Scene scene, UiSettings.Theme theme, int width, int height, List<Runbook> runbooks,
            Path folder)
            throws Exception {
        var fixture = new WindowFixture(scene, theme, runbooks);
        var stage = new Stage[1];
        onFx(() -> {
            stage[0] = new Stage();
            fixture.window.show(stage[0]);
            stage[0].setWidth(width);
            stage[0].setHeight(height);
            fixture.window.open(fixture.choice);
        });
        wait(6);
        if (scene.name().startsWith("signals")) {
            onFx(() -> fire(stage[0], "#place-Signals"));
            wait(4);
            onFx(() -> fire(stage[0], scene.name().equals("signals-by-source")
                    ? "#section-Sources"
                    : scene.name().equals("signals-many-nodes") ? "#section-Nodes" : "#section-Overview"));
            wait(4);
        }
        var image = new WritableImage[1];
        onFx(() -> {
            image[0] = stage[0].getScene().snapshot(null);
            fixture.window.close();
            stage[0].hide();
        });
        var name = scene.name() + (theme == UiSettings.Theme.DARK ? "-dark" : "-light") + (width == 1280 ? "" : "-" + width)
                + ".png";
        ImageIO.write(pixels(image[0]), "png", folder.resolve(name).toFile());
    }

    private static void fire(Stage stage, String button) {
        if (stage.getScene().lookup(button) instanceof ButtonBase found) {
            found.fire();
        }
    }

    private static void wait(int pulses) throws InterruptedException {
        for (int pulse = 0; pulse < pulses; pulse++) {
            TimeUnit.MILLISECONDS.sleep(150);
            onFx(() -> {
            });
        }
    }

    private static BufferedImage pixels(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        return picture;
    }

    private static void onFx(Runnable work) throws InterruptedException {
        var done = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                work.run();
            } finally {
                done.countDown();
            }
        });
        done.await();
    }
}
