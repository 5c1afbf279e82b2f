package io.lockkeeper.domain.signal;

import java.time.Instant;

/// Something the operator should know, kept in a list inside the window.
public record Notice(Instant at, Severity severity, String words) {
    public enum Severity {
        NEWS, WARNING, ALARM
    }
}
