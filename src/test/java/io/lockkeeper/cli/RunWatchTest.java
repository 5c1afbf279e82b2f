package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.cli.RunWatch.Answers.Answer;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.ui.SceneAccess;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is answered on, and what is too old for that.
class RunWatchTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<Long> answeredOn = new ArrayList<>();

    private static long upTo(Snapshot snapshot) {
        return snapshot.events().getLast().seq();
    }

    /// The same moment after one more event of the run.
    private static Snapshot onwards(Snapshot old) {
        var events = new ArrayList<>(old.events());
        var run = Objects.requireNonNull(old.run()).run();
        events.add(new Recorded(upTo(old) + 1, old.at(), run, new RunEvent.ItemTicked(old.at(), "before", "told", "kim", "")));
        return new Snapshot(old.at(), old.holder(), true, old.fleet(), old.links(), old.run(), events, old.runs(),
                old.knownGood(), old.control(), old.notices());
    }

    @Test
    void afterAnAnswerNothingIsAnsweredOnWhatWasSeenBeforeIt() throws Exception {
        var scene = Scenes.checklist();
        var before = scene.snapshot();
        var after = onwards(before);
        var access = new SceneAccess(scene) {
            @Override
            public Snapshot snapshot() {
                return answeredOn.isEmpty() ? before : after;
            }
        };
        RunWatch.Answers answers = (_, snapshot) -> {
            answeredOn.add(upTo(snapshot));
            if (answeredOn.size() > 1) {
                return new Answer.Stop();
            }
            access.show(before); // on its way when the answer was given
            return new Answer.Given(upTo(after));
        };

        watch(access, Objects.requireNonNull(before.run()).run()).follow(answers, 0);

        assertThat(answeredOn).containsExactly(upTo(before), upTo(after));
    }

    private RunWatch watch(SceneAccess access, String run) {
        var stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(stream, stream, new BufferedReader(new StringReader("")), Terminal.Means.PIPE, () -> 80);
        var nobody = (Desk) Proxy.newProxyInstance(Desk.class.getClassLoader(), new Class<?>[]{Desk.class}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        });
        return new RunWatch(access, run, terminal, nobody, false);
    }
}
