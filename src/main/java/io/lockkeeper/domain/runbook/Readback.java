package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.ErrandKind;
import org.jspecify.annotations.Nullable;

/// How it is seen that an errand had its effect. That it ended without an error says nothing about that.
public sealed interface Readback {
    /// What is asked; `null` where a person is.
    default @Nullable ErrandKind kind() {
        return switch (this) {
            case Prints _ -> ErrandKind.COMMAND;
            case Says _,Answers _ -> ErrandKind.HTTP;
            case Person _ -> null;
        };
    }

    /// Name of the command or call that is asked; empty where a person is.
    default String asked() {
        return switch (this) {
            case Prints(var command, _) -> command;
            case Says(var call, _, _) -> call;
            case Answers(var call, _) -> call;
            case Person _ -> "";
        };
    }

    /// What must be read for it to be in effect; empty where a person looks.
    default String expected() {
        return switch (this) {
            case Prints(_, var prints) -> prints;
            case Says(_, _, var is) -> is;
            case Answers(_, int status) -> "HTTP " + status;
            case Person _ -> "";
        };
    }

    /// `cache-empty prints "0"`.
    default String words() {
        return saying(expected());
    }

    /// What was read, in words.
    default String saying(String read) {
        return switch (this) {
            case Prints(var command, _) -> command + " prints \"" + read + "\"";
            case Says(var call, var json, _) -> call + " says \"" + read + "\" at " + json;
            case Answers(var call, _) -> call + " answers " + read;
            case Person(var question) -> "a person says yes: " + question;
        };
    }

    /// @param prints all that the command writes to its standard output, but for white space around it
    record Prints(String command, String prints) implements Readback {}

    /// @param json pointer (RFC 6901) into the answer
    record Says(String call, String json, String is) implements Readback {}

    record Answers(String call, int status) implements Readback {}

    /// Somebody looks and says what they see.
    record Person(String question) implements Readback {}
}
