package io.lockkeeper.domain.notify;

import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A notification as a receiver wants it. JSON is a tree of maps, lists, texts, whole numbers, truth values and `null`.
public final class Payload {
    /// Slack cuts a text at 4,000 characters, Teams refuses a message of more than 28 KB.
    private static final int LONGEST = 3_000;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})");

    private Payload() {}

    /// The JSON of a webhook.
    public static Map<String, @Nullable Object> json(ChannelSpec.Webhook channel, Notification notification) {
        if (channel.body() instanceof Marked.Mapping mapping) {
            return filled(mapping, notification.values());
        }
        var title = title(notification);
        var text = text(channel.route(), notification);
        return switch (channel.shape()) {
            case GENERIC -> generic(notification, text);
            case SLACK ->
                tree("text", (notification.urgent() ? ":rotating_light: " : "") + "*" + slack(title) + "*\n" + slack(text));
            case TEAMS -> teams(notification.urgent(), title, text);
        };
    }

    /// One line.
    public static String title(Notification notification) {
        return cut(notification.title().replaceAll("\\p{Cntrl}+", " ").strip());
    }

    /// Several lines: what came about, then where and when.
    public static String text(ChannelSpec.Route route, Notification notification) {
        var own = route.text();
        return cut(own == null
                ? notification.text() + "\n" + notification.place()
                : own.fill(notification.values()));
    }

    /// The subject of a mail, one line.
    public static String subject(ChannelSpec.Smtp channel, Notification notification) {
        var own = channel.subject();
        var text = own == null
                ? (notification.urgent() ? "[ACT] " : "") + "Lockkeeper: " + notification.title()
                : own.fill(notification.values());
        return cut(text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ... (cut)";
    }

    private static Map<String, @Nullable Object> tree(Object... keysAndValues) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }

    private static Map<String, @Nullable Object> generic(Notification notification, String text) {
        var tree = new LinkedHashMap<String, @Nullable Object>(notification.values());
        tree.put("run", notification.run());
        tree.put("urgent", notification.urgent());
        tree.put("text", text);
        return tree;
    }

    /// In Slack these three begin links and calls to everybody.
    private static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// What the workflow "When a Teams webhook request is received" takes: a message with one Adaptive Card. Its runs of text, unlike
    /// text blocks, know no Markdown, so that words of a service make no links.
    private static Map<String, @Nullable Object> teams(boolean urgent, String title, String text) {
        var lines = new ArrayList<Object>();
        lines.add(line(title, true, urgent));
        text.lines().filter(one -> !one.isBlank()).forEach(one -> lines.add(line(one, false, false)));
        var card = tree("$schema", "http://adaptivecards.io/schemas/adaptive-card.json", "type", "AdaptiveCard", "version", "1.4",
                "msteams", tree("width", "Full"), "body", lines);
        var attachment = tree("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.put("contentUrl", null);
        attachment.put("content", card);
        return tree("type", "message", "attachments", List.of(attachment));
    }

    private static Map<String, @Nullable Object> line(String text, boolean bold, boolean urgent) {
        var run = tree("type", "TextRun", "text", text);
        if (bold) {
            run.put("weight", "Bolder");
            run.put("size", "Medium");
        }
        if (urgent) {
            run.put("color", "Attention");
        }
        return tree("type", "RichTextBlock", "inlines", List.of(run));
    }

    private static Map<String, @Nullable Object> filled(Marked.Mapping mapping, Map<String, String> values) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        mapping.entries().forEach((key, value) -> tree.put(key.text(), filled(value, values)));
        return tree;
    }

    private static @Nullable Object filled(Marked value, Map<String, String> values) {
        return switch (value) {
            case Marked.Mapping mapping -> filled(mapping, values);
            case Marked.Sequence(var items, _) -> {
                var list = new ArrayList<@Nullable Object>();
                items.forEach(item -> list.add(filled(item, values)));
                yield list;
            }
            case Marked.Scalar(var text, boolean quoted, _) ->
                quoted ? new Template(text).fill(values) : unquoted(text, values);
        };
    }

    private static @Nullable Object unquoted(String text, Map<String, String> values) {
        if (text.isEmpty() || text.equals("null")) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : new Template(text).fill(values);
    }
}
