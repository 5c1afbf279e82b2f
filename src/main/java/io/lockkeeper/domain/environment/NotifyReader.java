package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `notify`: channels by their names.
final class NotifyReader {
    static final List<String> PLACEHOLDERS = List.of("id", "occasion", "environment", "tier", "run", "at", "title", "text");
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final Duration LONGEST_AFTER = Duration.ofMinutes(30);
    private static final List<String> KINDS = List.of("webhook", "smtp", "desktop");
    private static final Set<String> OWN_HEADERS = Set.of("content-type", "lockkeeper-notification");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");
    /// Narrower than what mail allows: what is in common use.
    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");

    private final Section section;

    NotifyReader(Section section) {
        this.section = section;
    }

    List<ChannelSpec> read(Fields top) {
        var channels = new ArrayList<ChannelSpec>();
        top.value("notify").ifPresent(value -> {
            if (!(value instanceof Marked.Mapping mapping)) {
                top.problem(value.at(), "\"notify\" must be a block of names and channels",
                        "team: { webhook: { url: { env: TEAM_WEBHOOK }, shape: slack } }");
                return;
            }
            mapping.entries().forEach((name, entry) -> {
                if (!Section.NAME.matcher(name.text()).matches()) {
                    top.problem(name.at(), "\"" + name.text() + "\" cannot be the name of a channel",
                            "letters, digits, '-', '_' and '.'");
                }
                Fields.of(entry, "channel " + name.text(), section.problems())
                        .flatMap(fields -> channel(name, fields)).ifPresent(channels::add);
            });
        });
        return channels;
    }

    private Optional<ChannelSpec> channel(Marked.Scalar name, Fields fields) {
        var kinds = KINDS.stream().filter(fields::has).toList();
        var body = fields.value("template").filter(one -> one instanceof Marked.Mapping).orElse(null);
        var route = new Route(name.text(), on(fields), after(fields), body == null ? template(fields, "template") : null);
        if (kinds.size() != 1) {
            fields.problem(name.at(), "channel \"" + name.text() + "\" must say which way it goes",
                    "one of webhook, smtp and desktop");
            return Optional.empty();
        }
        var kind = kinds.getFirst();
        if (body != null && !kind.equals("webhook")) {
            fields.problem(body.at(), "\"template\" must be a text here", "JSON is for webhooks");
        }
        var spec = switch (kind) {
            case "webhook" -> fields.fields("webhook").flatMap(inner -> webhook(route, inner, body));
            case "smtp" -> fields.fields("smtp").flatMap(inner -> smtp(route, inner));
            default -> desktop(route, fields);
        };
        fields.done();
        return spec;
    }

    private static Set<Occasion> on(Fields fields) {
        if (!fields.has("on")) {
            return EnumSet.copyOf(Occasion.all());
        }
        var keys = Occasion.all().stream().map(Occasion::key).toList();
        var on = new LinkedHashSet<Occasion>();
        var names = fields.names("on");
        names.forEach(name -> Occasion.all().stream().filter(one -> one.key().equals(name.text())).findFirst().ifPresentOrElse(
                on::add,
                () -> fields.problem(name.at(), "\"on\" cannot have \"" + name.text() + "\"",
                        Nearest.suggestion(name.text(), keys))));
        if (names.isEmpty()) {
            fields.problem(fields.at("on"), "nothing would ever go there", "leave \"on\" out for everything");
        }
        return on;
    }

    private static Duration after(Fields fields) {
        var after = fields.duration("after").orElse(AFTER);
        if (after.isNegative() || after.compareTo(LONGEST_AFTER) > 0) {
            fields.problem(fields.at("after"), "\"after\" must be at most " + Durations.words(LONGEST_AFTER), "");
            return AFTER;
        }
        return after;
    }

    private static @Nullable Template template(Fields fields, String key) {
        return fields.text(key).map(Template::new).filter(template -> {
            var unknown = template.placeholders().stream().filter(name -> !PLACEHOLDERS.contains(name)).findFirst();
            unknown.ifPresent(name -> fields.problem(fields.at(key), "unknown placeholder {" + name + "}",
                    Nearest.suggestion(name, PLACEHOLDERS)));
            return unknown.isEmpty();
        }).orElse(null);
    }

    private Optional<ChannelSpec> webhook(Route route, Fields fields, @Nullable Marked body) {
        var shape = fields.choice("shape", List.of(ChannelSpec.Shape.values()), ChannelSpec.Shape::key)
                .orElse(ChannelSpec.Shape.GENERIC);
        if (body != null && shape != ChannelSpec.Shape.GENERIC) {
            fields.problem(body.at(), "a template that is JSON is for shape generic", "write a text, or leave \"shape\" out");
        }
        if (body != null) {
            checkBody(fields, body);
        }
        var url = url(fields, shape);
        var headers = new HeadersReader(section, OWN_HEADERS, (_, _) -> true).read(fields);
        var auth = fields.fields("auth").flatMap(section::auth).orElse(null);
        var authority = fields.text("authority").orElse(null);
        fields.done();
        return url.map(address -> new ChannelSpec.Webhook(route, address, shape, body, headers.plain(), headers.secret(), auth,
                authority));
    }

    private Optional<ChannelSpec.Url> url(Fields fields, ChannelSpec.Shape shape) {
        var value = fields.required("url");
        if (shape != ChannelSpec.Shape.GENERIC || value.orElse(null) instanceof Marked.Mapping) {
            return value.isEmpty() ? Optional.empty() : section.secret(fields, "url").map(ChannelSpec.Url.InSecret::new);
        }
        return section.address(fields, "url", "http", "https").map(ChannelSpec.Url.Plain::new);
    }

    /// `{text}` without quotes is a mapping in YAML, and a text only by intention.
    private static void checkBody(Fields fields, Marked value) {
        switch (value) {
            case Marked.Mapping(var entries, var at) -> {
                entries.forEach((key, inner) -> {
                    if (PLACEHOLDERS.contains(key.text()) && inner instanceof Marked.Scalar(var text, boolean quoted, _)
                            && text.isEmpty() && !quoted) {
                        fields.problem(at, "{" + key.text() + "} is no text here", "put it in quotes: \"{" + key.text() + "}\"");
                    }
                    checkBody(fields, inner);
                });
            }
            case Marked.Sequence(var items, _) -> items.forEach(item -> checkBody(fields, item));
            case Marked.Scalar(var text, _, var at) -> new Template(text).placeholders().stream()
                    .filter(name -> !PLACEHOLDERS.contains(name)).findFirst()
                    .ifPresent(name -> fields.problem(at, "unknown placeholder {" + name + "}",
                            Nearest.suggestion(name, PLACEHOLDERS)));
        }
    }

    private Optional<ChannelSpec> smtp(Route route, Fields fields) {
        var security = fields.choice("security", List.of(ChannelSpec.Security.values()), ChannelSpec.Security::key)
                .orElse(ChannelSpec.Security.STARTTLS);
        var host = fields.requiredText("host").filter(text -> {
            boolean good = HOST.matcher(text).matches();
            if (!good) {
                fields.problem(fields.at("host"), "\"host\" is no host: \"" + text + "\"", "write mail.example.org");
            }
            return good;
        });
        long port = fields.count("port").orElse((long) security.port());
        if (port < 1 || port > 65535) {
            fields.problem(fields.at("port"), "\"port\" must be from 1 to 65535", "");
        }
        var user = fields.text("user").orElse(null);
        var password = section.secret(fields, "password").orElse(null);
        if (fields.has("user") != fields.has("password")) {
            fields.problem(fields.at(), "\"user\" and \"password\" go together", "give both or neither");
        }
        if (password != null && security == ChannelSpec.Security.NONE && !LOOPBACK.matcher(host.orElse("localhost")).matches()) {
            fields.problem(fields.at("security"), "the password would be sent in clear", "security: starttls or tls");
        }
        var authority = fields.text("authority").orElse(null);
        if (authority != null && security == ChannelSpec.Security.NONE) {
            fields.problem(fields.at("authority"), "\"authority\" is for starttls and tls", "remove it");
        }
        var from = fields.requiredText("from")
                .filter(text -> isMailbox(fields, new Marked.Scalar(text, true, fields.at("from"))));
        var to = to(fields);
        var subject = template(fields, "subject");
        fields.done();
        if (host.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ChannelSpec.Smtp(route, host.get(), Math.clamp(port, 1, 65535), security, authority, user,
                password, from.get(), to, subject));
    }

    private static List<String> to(Fields fields) {
        var to = new ArrayList<String>();
        if (fields.required("to").isPresent()) {
            var names = fields.names("to");
            names.stream().filter(one -> isMailbox(fields, one)).forEach(one -> to.add(one.text()));
            if (names.isEmpty() && fields.value("to").orElse(null) instanceof Marked.Sequence) {
                fields.problem(fields.at("to"), "nobody would get it", "to: [ ops@example.org ]");
            }
        }
        return to;
    }

    private static boolean isMailbox(Fields fields, Marked.Scalar text) {
        boolean good = MAILBOX.matcher(text.text()).matches();
        if (!good) {
            fields.problem(text.at(), "\"" + text.text() + "\" is no mail address", "write ops@example.org, without a name");
        }
        return good;
    }

    private static Optional<ChannelSpec> desktop(Route route, Fields fields) {
        if (!fields.truth("desktop").orElse(true)) {
            fields.problem(fields.at("desktop"), "\"desktop\" can only be true", "leave the channel out");
        }
        return Optional.of(new ChannelSpec.Desktop(route));
    }
}
