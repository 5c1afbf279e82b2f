package io.lockkeeper.cli;

import java.util.Map;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.UsageMessageSpec;

/// What fits into one line of a terminal.
public final class Columns {
    private static final int USUAL = 80;

    private Columns() {}

    /// How many there are: `COLUMNS`, else as picocli finds out for its help, else 80. Found out once, when first asked: it takes a process.
    public static IntSupplier of(Map<String, String> variables) {
        var told = variables.getOrDefault("COLUMNS", "");
        if (told.matches("[1-9]\\d{0,3}")) {
            int columns = Integer.parseInt(told);
            return () -> columns;
        }
        return new IntSupplier() {
            private int found;

            @Override
            public synchronized int getAsInt() {
                if (found == 0) {
                    int width = new UsageMessageSpec().autoWidth(true).width();
                    found = width > 0 ? width : USUAL;
                }
                return found;
            }
        };
    }

    /// One line of at most `columns`, an ellipsis in the last where something had to go. What a terminal would obey becomes a space.
    static String cut(String words, int columns) {
        var line = new StringBuilder();
        int used = 0;
        int beforeLast = 0;
        for (var i = words.codePoints().iterator(); i.hasNext();) {
            int next = i.nextInt();
            int symbol = Character.isISOControl(next) || isBreak(next) ? ' ' : next;
            if (used + of(symbol) > columns) {
                line.setLength(beforeLast);
                return columns < 1 ? "" : line.append('…').toString();
            }
            used += of(symbol);
            line.appendCodePoint(symbol);
            beforeLast = used < columns ? line.length() : beforeLast;
        }
        return line.toString();
    }

    private static boolean isBreak(int symbol) {
        int type = Character.getType(symbol);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /// Two for what East Asian terminals show wide, and emoji; none for marks on the letter before and for what cannot be seen.
    private static int of(int symbol) {
        int type = Character.getType(symbol);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(symbol) || Character.isEmojiPresentation(symbol)
                || (symbol >= 0x1100 && symbol <= 0x115F) || (symbol >= 0x3000 && symbol <= 0x30FF)
                || (symbol >= 0xAC00 && symbol <= 0xD7A3) || (symbol >= 0xFF00 && symbol <= 0xFF60);
        return wide ? 2 : 1;
    }
}
