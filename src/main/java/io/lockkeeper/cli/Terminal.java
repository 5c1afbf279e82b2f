package io.lockkeeper.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/// The terminal, or the pipe, that commands write to and ask.
///
/// @param interactive whether a person can answer
public record Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean interactive, boolean colour) {
    public void say(String line) {
        out.println(line);
    }

    public void complain(String line) {
        err.println(line);
    }

    /// Empty at the end of the input.
    public Optional<String> ask(String question) {
        out.print(question + " ");
        out.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    public String loud(String words) {
        return colour ? "\u001B[1;31m" + words + "\u001B[0m" : words;
    }

    public String good(String words) {
        return colour ? "\u001B[32m" + words + "\u001B[0m" : words;
    }

    public String dim(String words) {
        return colour ? "\u001B[2m" + words + "\u001B[0m" : words;
    }
}
