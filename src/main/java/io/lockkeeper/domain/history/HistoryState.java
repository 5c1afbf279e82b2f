package io.lockkeeper.domain.history;

import java.util.Locale;

/// How the keeping of the past is doing.
///
/// @param bytes of the file; 0 while nothing is kept
/// @param lostSamples since this console began to keep
/// @param lostEpisodes likewise
/// @param trouble why some were lost, or why nothing is kept; empty where all is well
/// @param lasting the trouble goes on
public record HistoryState(long bytes, long lostSamples, long lostEpisodes, String trouble, boolean lasting) {
    public static final HistoryState STARTING = new HistoryState(0, 0, 0, "", false);

    public boolean lost() {
        return lostSamples > 0 || lostEpisodes > 0;
    }

    /// `kept, 8.4 MB`, `120 samples lost, disk full`, without the word history.
    public String words() {
        var size = String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        if (!lost()) {
            return trouble.isEmpty() ? "kept, " + size : lasting ? "off: " + trouble : "kept, " + size + "; " + trouble;
        }
        var what = lostSamples + (lostSamples == 1 ? " sample" : " samples")
                + (lostEpisodes == 0 ? "" : " and " + lostEpisodes + (lostEpisodes == 1 ? " episode" : " episodes"));
        return what + " lost, " + trouble + (lasting ? "" : "; kept again, " + size);
    }
}
