package io.lockkeeper.domain.journal;

/// What reading a whole journal and its anchors shows. Every answer says what it cannot prove.
public sealed interface Verification {
    String cannotProve();

    /// Every line hangs together and every anchor is met.
    ///
    /// @param anchors how many were checked
    record Intact(long entries, int anchors, String cannotProve) implements Verification {}

    /// The last line is not whole: the writer was stopped in the middle of it. Nothing acknowledged is missing.
    record TornLastLine(long entries, long bytes, String cannotProve) implements Verification {}

    /// An anchor names an entry that is not there: the end was cut off.
    record Cut(long entries, long anchoredSeq, String cannotProve) implements Verification {}

    /// Line `line` is not what was written, or does not follow from the one before.
    record Altered(long line, String why, String cannotProve) implements Verification {}

    default boolean sound() {
        return this instanceof Intact || this instanceof TornLastLine;
    }

    /// One sentence for the operator.
    default String words() {
        return switch (this) {
            case Intact(long entries, int anchors, _) when entries > 0 && anchors == 0 -> "intact: " + entries
                    + " entries hang together, but not one anchor is there to compare them with: each run leaves some, so they were lost or taken away";
            case Intact(long entries, int anchors, _) -> "intact: " + entries + " entries, " + anchors + " anchors met";
            case TornLastLine(long entries, long bytes, _) -> "torn last line: " + entries + " whole entries, then " + bytes
                    + " bytes of one that was never finished; they are set aside when the journal is next opened, never deleted";
            case Cut(long entries, long anchored, _) ->
                "cut: the journal ends after entry " + entries + ", an anchor knows entry " + anchored;
            case Altered(long line, var why, _) -> "altered at line " + line + ": " + why;
        };
    }
}
