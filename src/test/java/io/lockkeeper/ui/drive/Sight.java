package io.lockkeeper.ui.drive;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// What somebody in front of the window reads.
///
/// @param controls what can be pressed or typed into, with an id
/// @param texts everything that is written there, in the order of the scene
record Sight(List<Control> controls, List<String> texts) {
    /// @param on ticked, or the place that is shown
    record Control(String id, String text, boolean enabled, boolean on) {}

    static Sight now() throws InterruptedException {
        return Screen.onFx(() -> {
            var controls = new ArrayList<Control>();
            var texts = new ArrayList<String>();
            for (var node : Screen.visible(_ -> true)) {
                if (node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank()) {
                    texts.add(labeled.getText());
                }
                if (node.getId() != null && operable(node)) {
                    controls.add(new Control(node.getId(), text(node), !node.isDisabled(), on(node)));
                }
            }
            return new Sight(List.copyOf(controls), List.copyOf(texts));
        });
    }

    private static boolean operable(Node node) {
        return node instanceof ButtonBase || node instanceof TextInputControl || node instanceof ComboBoxBase;
    }

    private static String text(Node node) {
        return switch (node) {
            case Labeled labeled -> String.valueOf(labeled.getText());
            case TextInputControl input -> input.getText();
            case ComboBoxBase<?> box -> String.valueOf(box.getValue());
            default -> "";
        };
    }

    private static boolean on(Node node) {
        return (node instanceof CheckBox box && box.isSelected()) || (node instanceof ToggleButton toggle && toggle.isSelected());
    }

    /// The pixels of the screen where the window is, not a drawing made for us.
    static Answer picture(Path file) throws InterruptedException, IOException {
        Optional<Image> image = Screen.onFx(() -> Screen.stage().map(Sight::capture));
        if (image.isEmpty()) {
            return Answer.no("no window is open");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(pixels(image.get()), "png", file.toFile());
        return Answer.yes();
    }

    private static Image capture(Stage stage) {
        var scene = stage.getScene();
        return new Robot().getScreenCapture(null, stage.getX() + scene.getX(), stage.getY() + scene.getY(), scene.getWidth(),
                scene.getHeight());
    }

    private static BufferedImage pixels(Image image) {
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
}
