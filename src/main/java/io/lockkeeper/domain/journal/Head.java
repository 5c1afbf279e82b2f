package io.lockkeeper.domain.journal;

/// The end of a journal: what an anchor keeps.
public record Head(long seq, String hash) {}
