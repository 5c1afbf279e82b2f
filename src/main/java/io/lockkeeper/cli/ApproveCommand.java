package io.lockkeeper.cli;

import io.lockkeeper.app.SignedLine;
import io.lockkeeper.domain.run.ReceivedRequest;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "approve", mixinStandardHelpOptions = true, description = {
        "Signs a request for an approval: shows what it is for, asks, and prints the line to be sent back.",
        "Needs the request and your key, and nothing else: no environment, no journal, no network."})
final class ApproveCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "the request; `-` or nothing: standard input, or what you paste")
    String file = STANDARD_INPUT;

    @Option(names = "--as", paramLabel = "NAME", description = "your name on the roster; else the user of this computer")
    String name = "";

    @Option(names = "--key", paramLabel = "PATH", description = "your key; else keys/NAME.key beside your environments, or the keychain")
    @Nullable
    Path key;

    @Option(names = "--yes", description = "sign without asking, for scripts that looked at it themselves")
    boolean yes;

    private final Desk desk;
    private final Terminal terminal;

    ApproveCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable {
        var who = name.isEmpty() ? desk.user() : name;
        try {
            var request = ReceivedRequest.read(received());
            var against = request.objection(who, desk.now());
            if (against.isPresent()) {
                throw new Desk.Unusable(against.get());
            }
            RequestWords.of(request, desk.now()).forEach(terminal::complain);
            return agreed(who) ? sign(who, request) : Exit.BAD;
        } catch (ReceivedRequest.NoRequest e) {
            throw new Desk.Unusable(e.why());
        }
    }

    private int sign(String who, ReceivedRequest request) throws Desk.Unusable {
        var signature = desk.keys().sign(who, key, request.text());
        terminal.complain("Send this line back; it fits this request and no other:");
        terminal.say(new SignedLine(who, signature).words());
        return Exit.GOOD;
    }

    private boolean agreed(String who) throws Desk.Unusable {
        if (yes) {
            return true;
        }
        if (!terminal.interactive()) {
            throw new Desk.Unusable("nobody can be asked here: sign at a terminal, or say --yes");
        }
        boolean agreed = terminal.ask("Approve this as " + who + "? [y]es, [n]o:").filter(answer -> answer.matches("(?i)y|yes"))
                .isPresent();
        if (!agreed) {
            terminal.complain("Not signed.");
        }
        return agreed;
    }

    private String received() throws Desk.Unusable {
        if (file.equals(STANDARD_INPUT)) {
            return terminal.interactive() ? pasted() : terminal.rest(ReceivedRequest.LARGEST + 1);
        }
        try (var reader = Files.newBufferedReader(Path.of(file))) {
            return beginning(reader);
        } catch (CharacterCodingException _) {
            throw new Desk.Unusable(file + " is no text in UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new Desk.Unusable(file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static String beginning(Reader reader) throws IOException {
        var text = new char[ReceivedRequest.LARGEST + 1];
        int length = 0;
        for (int more = 0; more >= 0 && length < text.length; length += Math.max(more, 0)) {
            more = reader.read(text, length, text.length - length);
        }
        return new String(text, 0, length);
    }

    /// To the line that ends every request.
    private String pasted() {
        terminal.complain("Paste the request; it ends with the line \"expires: ...\".");
        var text = new StringBuilder();
        boolean ended = false;
        while (!ended && text.length() <= ReceivedRequest.LARGEST) {
            var line = terminal.line();
            line.ifPresent(one -> text.append(one).append('\n'));
            ended = line.isEmpty() || line.get().startsWith("expires:");
        }
        return text.toString();
    }
}
