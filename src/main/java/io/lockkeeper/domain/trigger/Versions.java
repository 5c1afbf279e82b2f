package io.lockkeeper.domain.trigger;

/// The two versions that clients are compared on while both serve.
///
/// @param from the one that is being replaced
/// @param to the one that replaces it
public record Versions(String from, String to) {}
