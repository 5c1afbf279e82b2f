package io.lockkeeper.domain.signal;

/// Five answers of a gate. Only [#PASS] passes; silence never does.
public enum Verdict {
    PASS, FAIL, INCONCLUSIVE, NO_DATA, STALE
}
