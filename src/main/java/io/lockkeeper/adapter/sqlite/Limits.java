package io.lockkeeper.adapter.sqlite;

/// How much may be kept.
///
/// @param bytes of the file; beyond it the oldest goes first, finely kept values before roughly kept ones and those before episodes
/// @param free so much of the disk is left to others, the journal first of all
/// @param waiting values and episodes that may wait to be written
/// @param series that may be told apart
public record Limits(long bytes, long free, int waiting, int series) {
    public static final Limits USUAL = new Limits(512L << 20, 64L << 20, 50_000, 5_000);
}
