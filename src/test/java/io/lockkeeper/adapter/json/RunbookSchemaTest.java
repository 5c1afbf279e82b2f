package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.lockkeeper.domain.runbook.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is made from the grammar and checked in is what the grammar says now. With `LOCKKEEPER_WRITE=yes` it is written anew.
class RunbookSchemaTest {
    private static final Path SCHEMA = Path.of("runbooks/runbook.schema.json");
    private static final Path REFERENCE = Path.of("docs/runbooks.md");
    private static final String BEGIN = "<!-- reference:begin (made by RunbookSchemaTest from the grammar; do not edit) -->\n";
    private static final String END = "<!-- reference:end -->";

    private static void compare(Path file, String expected) throws IOException {
        if ("yes".equals(System.getenv("LOCKKEEPER_WRITE"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s is not what the grammar says; write it anew with: LOCKKEEPER_WRITE=yes mvn test -Dtest=RunbookSchemaTest",
                        file)
                .isEqualTo(expected);
    }

    @Test
    void theCheckedInSchemaIsTheGrammars() throws IOException {
        compare(SCHEMA, RunbookSchema.text());
    }

    @Test
    void theReferenceInTheDocumentIsTheGrammars() throws IOException {
        var page = Files.readString(REFERENCE);
        int begin = page.indexOf("<!-- reference:begin");
        int end = page.indexOf(END);
        assertThat(begin).isPositive();
        compare(REFERENCE, page.substring(0, begin) + BEGIN + reference() + page.substring(end));
    }

    private static String reference() {
        var text = new StringBuilder();
        for (var kind : Grammar.KINDS) {
            text.append("### `").append(kind.kind().key()).append(": ").append(kind.title()).append("`\n").append(kind.about())
                    .append("\n\n| key | value | default | |\n|---|---|---|---|\n");
            for (var field : kind.fields()) {
                var value = field.choices().isEmpty()
                        ? field.type().words()
                        : field.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
                var fallback = field.required() ? "required" : field.fallback() == null ? "" : "`" + field.fallback() + "`";
                var only = field.only().isEmpty()
                        ? ""
                        : "; only with " + field.only().stream().sorted().collect(Collectors.joining(", "));
                text.append("| `").append(field.key()).append("` | ").append(value).append(" | ").append(fallback).append(" | ")
                        .append(field.about())
                        .append(only).append(" |\n");
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void theShippedRunbooksFitTheSchema() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(RunbookSchema.text(),
                InputFormat.JSON);
        try (var files = Files.list(Path.of("runbooks"))) {
            for (var file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
                assertThat(schema.validate(Files.readString(file), InputFormat.YAML)).as(file.toString()).isEmpty();
            }
        }
        assertThat(schema.validate("{ lockkeeper: 1, id: x, title: X, steps: [ { id: a, gat: b } ] }", InputFormat.YAML))
                .isNotEmpty();
    }
}
