package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.SignedLine;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.StepProgress.ApprovalWatch;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What is to be signed, to be copied to whoever signs it, and the place for what they send back.
final class ApprovalBox extends VBox {
    ApprovalBox(String path, ApprovalWatch watch, List<ActionItem> items, RunActs acts) {
        super(8);
        var request = new TextArea(watch.request());
        request.setId("approval-request");
        request.setEditable(false);
        request.setPrefRowCount(8);
        request.getStyleClass().add("log");
        request.setAccessibleText("the request to be signed");
        var copied = Parts.label("", "muted");
        var copy = Parts.button("copy-request", "Copy the request", () -> {
            var content = new ClipboardContent();
            content.putString(watch.request());
            Clipboard.getSystemClipboard().setContent(content);
            copied.setText("Copied. They sign it with: lockkeeper approve");
        }, "accent");
        var signed = new TextField();
        signed.setId("signed");
        signed.setPromptText("name and signature, as they were sent back");
        signed.setAccessibleText("name and signature");
        HBox.setHgrow(signed, Priority.ALWAYS);
        var hand = Parts.button("hand-in", "Hand in", () -> {
            SignedLine.of(signed.getText())
                    .ifPresent(one -> acts.give(new Command.Approve(acts.actor(), path, one.person(), one.signature())));
        }, "button-outlined");
        hand.disableProperty().bind(Bindings.createBooleanBinding(() -> SignedLine.of(signed.getText()).isEmpty(),
                signed.textProperty()));
        getChildren().addAll(request, Parts.row(copy, copied), Parts.row(signed, hand));
        items.stream().filter(item -> item.id().equals("unverified." + path)).findFirst().ifPresent(item -> {
            var glass = Parts.wrappedButton("act-" + item.id(), item.words() + Parts.ASKS, () -> acts.perform(item),
                    "button-outlined");
            getChildren().add(item.disabledBecause().map(why -> Parts.withReason(glass, why)).orElse(glass));
        });
    }
}
