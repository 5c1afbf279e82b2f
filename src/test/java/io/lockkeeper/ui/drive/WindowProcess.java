package io.lockkeeper.ui.drive;

import io.lockkeeper.main.Lockkeeper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The program with somebody in front of it, for acceptance: it is started with the program's own arguments, and what is to be
/// looked at and pressed comes in as lines of tab-separated words. Every line is answered with one line of JSON. Nothing of the
/// program is reached but its window: what is pressed is pressed with the mouse, and has to be in sight.
///
/// `see`, `press ID`, `point TEXT`, `type ID TEXT`, `choose ID TEXT`, `key CTRL+K`, `look FILE`, `size WIDTH HEIGHT`, `close`.
public final class WindowProcess {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WindowProcess() {}

    public static void main(String[] arguments) {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("somebody in front of it").start(() -> follow(answers));
        Lockkeeper.main(arguments);
    }

    private static void follow(PrintStream answers) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(JSON.writeValueAsString(tried(List.of(line.split("\t", -1)))));
            }
        } catch (IOException e) {
            answers.println(JSON.writeValueAsString(Answer.no(String.valueOf(e.getMessage()))));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object tried(List<String> words) throws InterruptedException, IOException {
        try {
            return answer(words);
        } catch (RuntimeException e) {
            return Answer.no(String.valueOf(e));
        }
    }

    private static Object answer(List<String> words) throws InterruptedException, IOException {
        var hand = new Hand();
        return switch (words.getFirst()) {
            case "see" -> Sight.now();
            case "press" -> hand.press(words.get(1));
            case "point" -> hand.point(words.get(1));
            case "type" -> hand.type(words.get(1), words.get(2));
            case "choose" -> hand.choose(words.get(1), words.get(2));
            case "key" -> hand.key(words.get(1));
            case "look" -> Sight.picture(Path.of(words.get(1)));
            case "size" -> hand.size(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
            case "close" -> hand.close();
            default -> Answer.no("unknown: " + words.getFirst());
        };
    }
}
