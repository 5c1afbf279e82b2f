package io.lockkeeper.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Command line arguments of the form `--name value`.
final class Options {
    private final Map<String, String> values = new HashMap<>();

    /// @throws IllegalArgumentException for a name that is not known or a missing value
    Options(String[] args, List<String> known) {
        for (int i = 0; i < args.length; i += 2) {
            if (!known.contains(args[i])) {
                throw new IllegalArgumentException("argument '" + args[i] + "' is not known; expected some of " + known);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value after it");
            }
            values.put(args[i], args[i + 1]);
        }
    }

    String required(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise, int least, int most) {
        var text = text(name, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(name + " is '" + text + "'; expected a whole number from " + least + " to " + most);
    }

    /// A duration like `90s`, `10m` or `2h`.
    Duration duration(String name, String otherwise) {
        var text = text(name, otherwise);
        if (!text.matches("[1-9][0-9]{0,6}[smh]")) {
            throw new IllegalArgumentException(name + " is '" + text + "'; expected a duration like 90s, 10m or 2h");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
