package io.lockkeeper.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `docs/safety.md` as a table: the promises with what the page says of each.
///
/// @param promises in the page's order
record SafetyPage(List<Entry> promises) {
    private static final Pattern HEADING = Pattern.compile("## (\\d+)\\. (.+)");
    private static final Pattern POINT = Pattern.compile("- ([a-z ]+): (.+)");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+)`");

    /// @param number 1 to 10
    /// @param points what stands behind "- holds:", "- not covered:" and "- tests:"
    record Entry(int number, String title, Map<String, String> points) {
        String holds() {
            return points.getOrDefault("holds", "");
        }

        boolean isClaimed() {
            return holds().equals("yes") || holds().equals("partly");
        }

        /// Simple class names of the tests that hold it.
        List<String> tests() {
            return TEST.matcher(points.getOrDefault("tests", "")).results().map(found -> found.group(1)).toList();
        }
    }

    static SafetyPage read() throws IOException {
        return parse(Files.readAllLines(Path.of("docs", "safety.md")));
    }

    static SafetyPage parse(List<String> lines) {
        var entries = new ArrayList<Entry>();
        var last = "";
        for (var line : lines) {
            var heading = HEADING.matcher(line);
            var point = POINT.matcher(line);
            if (heading.matches()) {
                entries.add(new Entry(Integer.parseInt(heading.group(1)), heading.group(2), new HashMap<>()));
                last = "";
            } else if (!entries.isEmpty() && point.matches()) {
                last = point.group(1);
                entries.getLast().points().put(last, point.group(2).strip());
            } else if (line.startsWith("  ") && !last.isEmpty()) { // a point that goes on in the next line
                entries.getLast().points().merge(last, line.strip(), (first, more) -> first + " " + more);
            }
        }
        return new SafetyPage(List.copyOf(entries));
    }
}
