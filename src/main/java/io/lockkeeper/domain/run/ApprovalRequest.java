package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.RosterKey;
import io.lockkeeper.domain.runbook.PlanText;
import io.lockkeeper.domain.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// The text that somebody signs to approve one step of one run. Its bytes are all that is signed: everything it names is bound, and it
/// fits no other step, attempt, run or environment.
public final class ApprovalRequest {
    public static final String FIRST_LINE = "Lockkeeper approval request, version 1";

    private ApprovalRequest() {}

    static String text(RunState state, Step.Approval step, StepRun run, Environment environment, Instant expires) {
        var start = state.start();
        var text = new StringJoiner("\n", "", "\n");
        text.add(FIRST_LINE);
        text.add("environment: " + environment.name());
        text.add("environment file: " + start.environmentHash());
        text.add("run: " + state.run());
        text.add("started by: " + line(start.actor()));
        text.add("reason: " + line(start.reason()));
        text.add("runbook: " + start.plan().runbook() + " " + start.runbookHash());
        text.add("plan: " + PlanText.hash(start.plan()));
        text.add("step: " + step.path());
        text.add("attempt: " + run.attempt());
        text.add("what: " + line(step.title()));
        text.add("needs: " + line(step.may()));
        new TreeMap<>(start.inputs()).forEach((name, value) -> text.add("input " + name + ": " + line(value)));
        answers(state).forEach((name, value) -> text.add("answer " + name + ": " + line(value)));
        text.add("targets: " + line(String.join(", ", start.restore().stream().map(point -> point.node()).toList())));
        text.add("nonce: " + nonce(start.nonce(), step.path(), run.attempt()));
        text.add("expires: " + expires);
        return text.toString();
    }

    /// What people have answered so far: later steps use it, so it is approved with them.
    private static SortedMap<String, String> answers(RunState state) {
        var answers = new TreeMap<String, String>();
        for (var step : state.steps().values()) {
            step.ticks().forEach((item, tick) -> {
                if (!tick.value().isBlank()) {
                    answers.put(step.path() + "/" + item, tick.value());
                }
            });
            var choice = step.choice();
            if (choice != null) {
                answers.put(step.path(), choice);
            }
        }
        return answers;
    }

    /// No value can make a line of its own, and none ends with a space that is lost on the way through a mail or a chat.
    private static String line(String value) {
        var line = value.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ").strip();
        return line.isEmpty() ? "(none)" : line;
    }

    private static String nonce(String ofRun, String path, int attempt) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((ofRun + "|" + path + "|" + attempt).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What speaks against a signature; empty where nothing does.
    static Optional<String> objection(String request, Person person, String signature) {
        try {
            var key = RosterKey.of(person.key());
            if (key.isEmpty()) {
                return Optional.of("the key of " + person.name() + " on the roster is no key that can be relied on");
            }
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key.get());
            verifier.update(request.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature))
                    ? Optional.empty()
                    : Optional.of(
                            "this is not " + person.name() + "'s signature of this request: it was made with another key, or for"
                                    + " another run, step or attempt");
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            return Optional.of("this is no signature by " + person.name() + "'s key");
        }
    }
}
