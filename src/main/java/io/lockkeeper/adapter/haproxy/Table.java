package io.lockkeeper.adapter.haproxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table as HAProxy prints them: a header line that begins with `#`, then rows. Columns are found by name, for they grow with versions.
final class Table {
    private Table() {}

    /// @param separator a regular expression
    /// @return rows by column name; rows that are cut off lack columns
    static List<Map<String, String>> parse(String text, String separator) {
        List<String> header = List.of();
        var rows = new ArrayList<Map<String, String>>();
        for (var line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            if (line.startsWith("#")) {
                header = Arrays.asList(line.substring(1).strip().split(separator, -1));
            } else if (!header.isEmpty()) {
                var cells = line.split(separator, -1);
                var row = new HashMap<String, String>();
                for (int i = 0; i < Math.min(cells.length, header.size()); i++) {
                    row.put(header.get(i), cells[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
