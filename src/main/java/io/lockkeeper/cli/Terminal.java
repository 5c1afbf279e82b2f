package io.lockkeeper.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/// The terminal, or the pipe, that commands write to and ask. Lines, questions and the live line at the bottom go through here one at a
/// time; thread-safe. While a person is asked nothing is redrawn.
public final class Terminal {
    /// What can be done there.
    ///
    /// @param interactive whether a person can answer
    /// @param colour whether words may be coloured
    /// @param live whether a line can be redrawn in place
    public record Means(boolean interactive, boolean colour, boolean live) {
        public static final Means PIPE = new Means(false, false, false);

        /// @param person whether input and output are a terminal
        /// @param variables of the process: `TERM`, `NO_COLOR`, and what Windows Terminal sets instead
        public static Means of(boolean person, Map<String, String> variables) {
            var kind = variables.getOrDefault("TERM", variables.containsKey("WT_SESSION") ? "windows" : "dumb");
            boolean escapes = person && !kind.isEmpty() && !kind.equals("dumb");
            return new Means(person, escapes && variables.getOrDefault("NO_COLOR", "").isEmpty(), escapes);
        }
    }

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F&&[^\\n\\t]]");
    private static final Pattern FOREIGN_CONTROL = Pattern.compile("(?!\u001B\\[(?:0|2|32|1;31)m)" + CONTROL.pattern());
    private static final String ERASE = "\r\u001B[2K";

    /// Longer text overwrites the last column instead of wrapping: the terminal may have become narrower than we know.
    private static final String CLIP = "\u001B[?7l";
    private static final String WRAP = "\u001B[?7h";

    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final Means means;
    private final IntSupplier width;
    private Progress bottom = Progress.NONE;
    private boolean asking;
    private boolean left;

    /// @param width columns of the terminal; asked for only where a line is drawn
    public Terminal(PrintStream out, PrintStream err, BufferedReader in, Means means, IntSupplier width) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.means = means;
        this.width = width;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean interactive() {
        return means.interactive();
    }

    boolean colour() {
        return means.colour();
    }

    /// Whether [#progress] draws anything.
    boolean live() {
        return means.live();
    }

    public synchronized void say(String line) {
        write(out, line);
    }

    public synchronized void complain(String line) {
        write(err, line);
    }

    private void write(PrintStream stream, String line) {
        if (bottom.isNothing()) {
            stream.println(harmless(line));
            return;
        }
        out.print(ERASE);
        out.flush();
        stream.println(harmless(line));
        draw();
    }

    /// Words of services and of other people are shown; a terminal must not obey them.
    private String harmless(String line) {
        return (colour() ? FOREIGN_CONTROL : CONTROL).matcher(line).replaceAll("\uFFFD");
    }

    /// Draws the line at the bottom anew; events go on scrolling above it. Nothing where the terminal cannot.
    synchronized void progress(Progress next) {
        if (!means.live() || asking || left || next.equals(bottom)) {
            return;
        }
        if (!bottom.isNothing() && next.isNothing()) {
            out.print(ERASE);
            out.flush();
        }
        bottom = next;
        draw();
    }

    private void draw() {
        if (!bottom.isNothing()) {
            var words = Columns.cut(bottom.words(), width.getAsInt() - 1);
            out.print(ERASE + CLIP + (bottom.alarm() ? loud(words) : dim(words)) + WRAP + '\r'); // a ^C is echoed inside the line
            out.flush();
        }
    }

    /// The program is ending under whoever still draws: the last line to be said, with nothing after it.
    synchronized void leave(String line) {
        progress(Progress.NONE);
        left = true;
        if (asking) {
            out.println();
        }
        complain(line);
    }

    /// Empty at the end of the input.
    public Optional<String> ask(String question) {
        synchronized (this) {
            progress(Progress.NONE);
            asking = true;
            out.print(harmless(question) + " ");
            out.flush();
        }
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip); // not under the lock: whoever interrupts has a last word
        } catch (IOException _) {
            return Optional.empty();
        } finally {
            synchronized (this) {
                asking = false;
            }
        }
    }

    /// The next line of the input; empty at its end.
    Optional<String> line() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Everything that is left of the input, up to so many characters.
    String rest(int most) {
        var text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0 && text.length() < most; next = in.read()) {
                text.append((char) next);
            }
        } catch (IOException _) {
            return text.toString();
        }
        return text.toString();
    }

    public String loud(String words) {
        return colour() ? "\u001B[1;31m" + words + "\u001B[0m" : words;
    }

    public String good(String words) {
        return colour() ? "\u001B[32m" + words + "\u001B[0m" : words;
    }

    public String dim(String words) {
        return colour() ? "\u001B[2m" + words + "\u001B[0m" : words;
    }
}
