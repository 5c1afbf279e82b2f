package io.lockkeeper.app;

import java.util.Optional;

/// What somebody who approves sends back: their name and the signature, on one line.
///
/// @param person by the roster; it may have spaces in it
/// @param signature Base64
public record SignedLine(String person, String signature) {
    /// Empty where the line is no such thing.
    public static Optional<SignedLine> of(String line) {
        var text = line.strip();
        int last = text.length();
        while (last > 0 && !Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        var person = text.substring(0, last).strip();
        return person.isEmpty() ? Optional.empty() : Optional.of(new SignedLine(person, text.substring(last)));
    }

    /// As it is printed and pasted.
    public String words() {
        return person + " " + signature;
    }
}
