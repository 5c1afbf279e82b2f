package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.runbook.ChoiceExit;
import io.lockkeeper.domain.runbook.Grammar;
import io.lockkeeper.domain.runbook.InputType;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema of runbooks, made from the grammar: for completion in editors. Lint says more.
public final class RunbookSchema {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunbookSchema() {}

    public static String text() {
        var schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Lockkeeper runbook, version 1");
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("lockkeeper").put("const", 1);
        properties.putObject("id").put("type", "string").put("pattern", "^[a-z][a-z0-9-]*$");
        properties.putObject("title").put("type", "string");
        properties.putObject("about").put("type", "string");
        inputs(properties.putObject("inputs"));
        runbook(properties.putObject("wayBack"));
        properties.putObject("watch").put("type", "array").put("description", "names of the triggers that guard a run")
                .putObject("items").put("type", "string");
        properties.putObject("onAbort").put("type", "array").putObject("items").put("$ref", "#/$defs/step");
        properties.putObject("steps").put("type", "array").putObject("items").put("$ref", "#/$defs/step");
        schema.putArray("required").add("lockkeeper").add("id").add("title").add("steps");
        schema.put("additionalProperties", false);
        step(schema.putObject("$defs").putObject("step"));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static void inputs(ObjectNode inputs) {
        inputs.put("type", "object");
        var input = inputs.putObject("additionalProperties").put("type", "object").put("additionalProperties", false);
        var properties = input.putObject("properties");
        var types = properties.putObject("type").putArray("enum");
        Arrays.stream(InputType.values()).map(InputType::key).forEach(types::add);
        for (var key : new String[]{"default", "atLeast", "atMost", "about"}) {
            properties.putObject(key);
        }
        input.putArray("required").add("type");
    }

    private static void step(ObjectNode step) {
        ArrayNode kinds = step.putArray("oneOf");
        for (var kind : Grammar.KINDS) {
            var one = kinds.addObject().put("type", "object").put("description", kind.about()).put("additionalProperties", false);
            var properties = one.putObject("properties");
            properties.putObject("id").put("type", "string").put("pattern", "^[a-z][a-z0-9-]*$");
            properties.putObject(kind.kind().key()).put("type", "string").put("description", kind.title());
            var required = one.putArray("required").add("id").add(kind.kind().key());
            for (var field : kind.fields()) {
                field(properties.putObject(field.key()), field);
                if (field.required()) {
                    required.add(field.key());
                }
            }
        }
    }

    private static void choices(ObjectNode choice) {
        var properties = choice.put("type", "object").put("additionalProperties", false).putObject("properties");
        properties.putObject("id").put("type", "string").put("pattern", "^[a-z][a-z0-9-]*$");
        properties.putObject("text").put("type", "string");
        var then = properties.putObject("then").putArray("enum");
        Arrays.stream(ChoiceExit.values()).map(ChoiceExit::key).forEach(then::add);
        properties.putObject("steps").put("type", "array").putObject("items").put("$ref", "#/$defs/step");
        choice.putArray("required").add("id").add("text");
    }

    private static void runbook(ObjectNode property) {
        var properties = property.put("type", "object").put("additionalProperties", false).putObject("properties");
        properties.putObject("runbook").put("type", "string");
        properties.putObject("with").put("type", "object");
    }

    /// An editor offers those that are everywhere; which an environment has of its own only lint can tell.
    private static void signal(ArrayNode anyOf, Grammar.Field field) {
        field.choices().forEach(anyOf.addObject().putArray("enum")::add);
        anyOf.addObject().put("type", "string").put("pattern",
                "^(custom|connections|reconnect|connect|session|messages|clients)\\.");
    }

    private static void compatible(ObjectNode property) {
        var properties = property.put("type", "object").put("additionalProperties", false).putObject("properties");
        for (var key : new String[]{"schema", "sessions", "clients"}) {
            properties.putObject(key).put("type", "string");
        }
    }

    private static void field(ObjectNode property, Grammar.Field field) {
        property.put("description", field.about());
        switch (field.type()) {
            case CHOICE -> field.choices().forEach(property.withArray("enum")::add);
            case SIGNAL -> signal(property.putArray("anyOf"), field);
            case ITEMS -> property.put("type", "array");
            case STEPS -> property.put("type", "array").putObject("items").put("$ref", "#/$defs/step");
            case CHECKS -> property.put("type", "array").putObject("items").put("type", "object");
            case CHOICES -> choices(property.put("type", "array").putObject("items"));
            case BATCHES -> property.put("type", "array").putObject("items").put("type", "string").put("pattern", "^\\d{1,3}%$");
            case RUNBOOK -> runbook(property);
            case COMPATIBLE -> compatible(property);
            case ID, TEXT, DURATION, COUNT, PERCENT, NODE, NODES, NAMES, VERSION, COUNT_OR_SHARE, CONFIRM -> {
                // any single value: it may be a reference
            }
        }
    }
}
