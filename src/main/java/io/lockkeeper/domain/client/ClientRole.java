package io.lockkeeper.domain.client;

/// Why a client of ours is connected.
public enum ClientRole {
    /// Stays connected through the front door; never closes by itself.
    SENTINEL,
    /// Closes and resumes on purpose at a budgeted rate, so that there is evidence in quiet hours.
    CYCLER,
    /// Resumes a session on one named node.
    PROBE
}
