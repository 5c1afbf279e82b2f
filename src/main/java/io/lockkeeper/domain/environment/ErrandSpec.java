package io.lockkeeper.domain.environment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A command or an HTTP call that runbooks may name. What is done stands here, so that a runbook holds no command line and no secret.
public sealed interface ErrandSpec {
    /// Placeholders that are not of a node.
    Set<String> OF_NO_NODE = Set.of("version", "environment");

    String name();

    ErrandKind kind();

    /// After a deadline an effect that is not seen for so long may be taken for one that will not come.
    Duration settlesWithin();

    Set<String> placeholders();

    /// What a person would type, without secrets.
    ///
    /// @param values of the placeholders; those that are missing stay as written
    String literal(Map<String, String> values);

    default boolean asksForNode() {
        return !OF_NO_NODE.containsAll(placeholders());
    }

    default boolean asksForVersion() {
        return placeholders().contains("version");
    }

    /// Whether it only asks and can be sent as often as somebody likes; of a command nobody can tell.
    default boolean onlyAsks() {
        return this instanceof Call call && call.method().onlyAsks();
    }

    /// @param text as written; a placeholder's name where `filled`
    record Argument(String text, boolean filled) {
        String with(Map<String, String> values) {
            return filled ? values.getOrDefault(text, "$" + text) : text;
        }
    }

    /// A placeholder that has no value.
    default Optional<String> missing(Map<String, String> values) {
        return placeholders().stream().filter(name -> !values.containsKey(name)).findFirst();
    }

    /// Whether a version that somebody typed can be filled in without being taken for something else.
    static boolean canFill(String version) {
        return Section.NAME.matcher(version).matches();
    }

    /// A program, started without a shell in the folder of the environment file.
    ///
    /// @param run program and arguments; the program itself is never filled in
    /// @param secrets what the program finds in its environment variables, by their names
    record Command(String name, List<Argument> run, SortedMap<String, SecretRef> secrets,
            Duration settlesWithin) implements ErrandSpec {
        public Command {
            run = List.copyOf(run);
            secrets = new TreeMap<>(secrets);
        }

        @Override
        public ErrandKind kind() {
            return ErrandKind.COMMAND;
        }

        @Override
        public Set<String> placeholders() {
            var names = new LinkedHashSet<String>();
            run.stream().filter(Argument::filled).forEach(argument -> names.add(argument.text()));
            return names;
        }

        public List<String> arguments(Map<String, String> values) {
            return run.stream().map(argument -> argument.with(values)).toList();
        }

        @Override
        public String literal(Map<String, String> values) {
            var line = new StringJoiner(" ");
            secrets.forEach((variable, ref) -> line.add(variable + "=\"" + ShellWords.secret(ref) + "\""));
            arguments(values).forEach(argument -> line.add(ShellWords.quoted(argument)));
            return line.toString();
        }
    }

    /// How a call is made. What only asks is never an order, and what orders is never a confirmation.
    enum Method {
        GET, HEAD, POST, PUT, PATCH, DELETE;

        public boolean onlyAsks() {
            return this == GET || this == HEAD;
        }
    }

    /// @param headers without secrets
    /// @param secretHeaders where the value of a header is to be found
    /// @param auth `null` where it asks for none
    /// @param body `null` where it has none
    record Call(String name, Method method, Template url, SortedMap<String, Template> headers,
            SortedMap<String, SecretRef> secretHeaders, @Nullable Auth auth, @Nullable Template body,
            Duration settlesWithin) implements ErrandSpec {
        public Call {
            headers = new TreeMap<>(headers);
            secretHeaders = new TreeMap<>(secretHeaders);
        }

        @Override
        public ErrandKind kind() {
            return ErrandKind.HTTP;
        }

        @Override
        public Set<String> placeholders() {
            var names = new LinkedHashSet<>(url.placeholders());
            headers.values().forEach(value -> names.addAll(value.placeholders()));
            if (body != null) {
                names.addAll(body.placeholders());
            }
            return names;
        }

        @Override
        public String literal(Map<String, String> values) {
            var words = new ArrayList<String>(List.of("curl", "-sS", "-X", method.name()));
            headers.forEach((name, value) -> words.addAll(List.of("-H", ShellWords.quoted(name + ": " + value.fill(values)))));
            secretHeaders.forEach((name, ref) -> words.addAll(List.of("-H", "\"" + name + ": " + ShellWords.secret(ref) + "\"")));
            switch (auth) {
                case Auth.Basic(var user, var password) ->
                    words.addAll(List.of("-u", ShellWords.quoted(user + ":") + "\"" + ShellWords.secret(password) + "\""));
                case Auth.Bearer(var token) ->
                    words.addAll(List.of("-H", "\"Authorization: Bearer " + ShellWords.secret(token) + "\""));
                case null -> {
                    // nobody asks who it is
                }
            }
            if (body != null) {
                words.addAll(List.of("--data-raw", ShellWords.quoted(body.fill(values))));
            }
            words.add(ShellWords.quoted(url.fill(values)));
            return String.join(" ", words);
        }
    }
}
