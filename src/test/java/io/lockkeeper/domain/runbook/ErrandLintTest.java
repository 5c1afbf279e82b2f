package io.lockkeeper.domain.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.EnvironmentYaml;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said against commands and calls where it is known what the environment has.
class ErrandLintTest {
    private static final String FILE = """
            lockkeeper: 1
            environment: shop
            tier: staging
            versions: [v1, v2]
            nodes:
              ws-1: { values: { http: 1 } }
              ws-2: { values: { http: 2 } }
            service: { url: "http://127.0.0.1:9080", token: { file: token } }
            commands:
              flush: { run: [ ./flush.sh, $node ], secrets: { TOKEN: { file: "my secrets/token" } } }
              empty: { run: [ ./empty.sh, $node ] }
              announce: { run: [ ./announce.sh, $version, "it's here" ], settlesWithin: 5s }
            calls:
              off: { method: POST, url: "http://127.0.0.1:{http}/flag/{version}", headers: { X-Key: { env: KEY } }, auth: { user: ops, password: { env: P } }, body: "{\\"on\\":false}" }
              flag: { method: GET, url: "http://127.0.0.1:9090/flag" }
            """;

    private static Environment shop() {
        var read = EnvironmentYaml.read("shop.yaml", FILE);
        assertThat(read.problems()).isEmpty();
        return read.file().orElseThrow().environment(EnumSet.allOf(Capability.class), 1006);
    }

    private static Runbook runbook(String id, String more, String... steps) {
        var read = RunbookFolder.read(id + ".yaml", """
                lockkeeper: 1
                id: %s
                title: X
                about: Does it.
                %ssteps:
                  - %s
                """.formatted(id, more, String.join("\n  - ", steps)));
        assertThat(read.problems()).isEmpty();
        return read.runbook().orElseThrow();
    }

    private static List<String> lint(String step) {
        return Lint.of(runbook("x", "", step), List.of(), Optional.of(shop())).stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            do: command, command: flush, node: ws-1, confirm: { command: empty, prints: "0" }          |
            do: command, command: flush, node: ws-1, confirm: person                                   |
            do: command, command: announce, version: v2, confirm: { call: flag, status: 200 }          |
            do: http, call: off, node: ws-2, version: v2, confirm: { call: flag, json: /on, is: "no" }  |
            do: command, command: flsh, node: ws-1, confirm: person          | environment shop has no command "flsh" (did you mean "flush"?)
            do: http, call: of, node: ws-1, confirm: person                  | environment shop has no call "of" (did you mean "off"?)
            do: command, command: flush, node: ws-1, confirm: { command: emty, prints: "0" } | environment shop has no command "emty" (did you mean "empty"?)
            do: command, command: flush, confirm: person                     | command flush is about one node, and this step names none (add node: ...)
            do: command, command: announce, confirm: person                  | command announce needs a version, and this step names none (add version: ...)
            do: command, command: announce, version: v2, confirm: { command: empty, prints: "0" } | command empty is about one node, and this step names none (add node: ...)
            do: http, call: flag, confirm: person                            | call flag only asks (GET or HEAD): it does nothing that could be confirmed
            do: command, command: flush, node: ws-1, confirm: { call: off, status: 200 } | call off does something: to confirm with it would do that over and over
            do: command, command: flush, node: ws-9, confirm: person         | environment shop has no node "ws-9"
            do: command, command: announce, version: v9, confirm: person     | environment shop knows no version "v9"
            """)
    void namesAreThoseOfTheEnvironment(String step, String expected) {
        var said = lint("{ id: a, action: Do it, " + step + " }");
        if (expected == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said).anyMatch(words -> words.startsWith("x.yaml:6:") && words.contains(expected));
        }
    }

    @Test
    void anEnvironmentWithoutAnySaysWhereTheyWouldStand() {
        var bare = new Environment("bare", shop().tier(), "h", shop().nodes(), List.of(), List.of(), 1,
                EnumSet.allOf(Capability.class), 1006);
        assertThat(Lint.of(runbook("x", "", "{ id: a, action: A, do: command, command: flush, confirm: person }"), List.of(),
                Optional.of(bare))).map(Problem::toString)
                .anyMatch(words -> words.contains("has no command \"flush\" (add it under \"commands\" of its file)"));
    }

    @Test
    void aWayBackThatDoesNotUndoThemIsWarnedOf() {
        var back = runbook("back", "", "{ id: b, action: B, do: rollback, node: ws-1 }");
        var undoing = runbook("undoing", "",
                "{ id: u, action: U, do: command, command: announce, version: v1, confirm: person }");
        var step = "{ id: a, action: Flush it, do: command, command: flush, node: ws-1, confirm: person }";
        assertThat(Lint.of(runbook("x", "wayBack: { runbook: back }\n", step), List.of(back), Optional.of(shop())))
                .map(Problem::toString)
                .containsExactly("x.yaml:1:1: warning: the way back does not undo \"Flush it\": what a command"
                        + " or a call did stays done (where it has to be undone, put a command or a call for that into a way back of"
                        + " its own)");
        assertThat(Lint.of(runbook("x", "wayBack: { runbook: undoing }\n", step), List.of(undoing), Optional.of(shop())))
                .isEmpty();
    }

    @Test
    void aStepSaysEverythingItDoesInThePlan() {
        var step = runbook("x", "", "{ id: a, action: Flush it, do: command, command: flush, node: ws-1, deadline: 90s,"
                + " confirm: { command: empty, prints: 0 } }");
        var ok = (Compiled.Ok) Compiler.compile(step, Map.of(), shop(), "", Map.of());
        assertThat(ok.plan().leaves()).singleElement().isInstanceOfSatisfying(Step.Errand.class,
                errand -> assertThat(errand.deadline()).isEqualTo(Duration.ofSeconds(90)));
        assertThat(PlanText.of(ok.plan())).contains(
                "a | Flush it | command flush for ws-1 deadline 90s confirmed when empty prints \"0\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMMAND | flush    | ws-1 |    | TOKEN="$(cat 'my secrets/token')" ./flush.sh ws-1
            COMMAND | announce |      | v2 | ./announce.sh v2 'it'\\''s here'
            COMMAND | announce |      |    | ./announce.sh '$version' 'it'\\''s here'
            COMMAND | gone     |      |    | # the environment file has no command gone
            HTTP    | flag     |      |    | curl -sS -X GET http://127.0.0.1:9090/flag
            HTTP    | off      | ws-2 | v2 | curl -sS -X POST -H "X-Key: $KEY" -u ops:"$P" --data-raw '{"on":false}' http://127.0.0.1:2/flag/v2
            """, quoteCharacter = '`')
    void whatAPersonWouldTypeHasEveryParameterAndNoSecret(ErrandKind kind, String name,
            String node,
            String version, String literal) {
        assertThat(shop().errands().literal(kind, name, node, version)).isEqualTo(literal);
    }
}
