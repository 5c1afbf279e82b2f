package io.lockkeeper.ui.control;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Small pieces that every screen is made of, each with its role and text.
public final class Parts {
    /// After the words of a button that asks before it does anything; never alone on a line.
    public static final String ASKS = "\u00a0...";

    private Parts() {}

    public static Label label(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    public static Label wrapped(String text, String... styles) {
        var label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    public static Label state(Words.Look look) {
        var label = label(look.words(), "state", look.style());
        label.setGraphic(new FontIcon(look.icon()));
        return label;
    }

    /// Shows another state in a label made by [#state(Words.Look)], without making it anew.
    public static void show(Label label, Words.Look look) {
        if (!label.getText().equals(look.words()) || !label.getStyleClass().contains(look.style())) {
            label.setText(look.words());
            label.getStyleClass().setAll("label", "state", look.style());
            label.setGraphic(new FontIcon(look.icon()));
        }
    }

    public static Button button(String id, String words, Runnable then, String... styles) {
        var button = new Button(words);
        button.setId(id);
        button.getStyleClass().addAll(styles);
        button.setAccessibleText(words);
        button.setOnAction(_ -> then.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// A button whose words may be longer than there is room: they go on in a second line.
    public static Button wrappedButton(String id, String words, Runnable then, String... styles) {
        var button = button(id, words, then, styles);
        button.setWrapText(true);
        button.setMinWidth(0);
        button.setMinHeight(Region.USE_PREF_SIZE);
        return button;
    }

    public static Button button(String id, String words, Ikon icon, Runnable then, String... styles) {
        var button = button(id, words, then, styles);
        button.setGraphic(new FontIcon(icon));
        return button;
    }

    /// Disabled with its reason in reach of the pointer, and of screen readers.
    public static Node withReason(Button button, String why) {
        button.setDisable(true);
        button.setAccessibleHelp(why);
        var box = new HBox(button);
        HBox.setHgrow(button, Priority.ALWAYS);
        Tooltip.install(box, new Tooltip(why));
        return box;
    }

    public static VBox card(String title, Node... content) {
        var box = new VBox(8);
        box.getStyleClass().add("panel");
        if (!title.isEmpty()) {
            box.getChildren().add(label(title, "panel-title"));
        }
        box.getChildren().addAll(content);
        box.setAccessibleRole(AccessibleRole.PARENT);
        box.setAccessibleText(title);
        return box;
    }

    public static HBox row(Node... content) {
        var row = new HBox(8, content);
        row.getStyleClass().add("row");
        return row;
    }

    public static Region spring() {
        var region = new Region();
        HBox.setHgrow(region, Priority.ALWAYS);
        return region;
    }
}
