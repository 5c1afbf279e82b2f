package io.lockkeeper.domain.environment;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// Clients of ours that resume a session on one named node each, by an address or a header that leads there.
///
/// @param doors by node
/// @param every from one close on purpose to the next, of one probe
public record ProbesSpec(SortedMap<String, NodeDoor> doors, Duration every) {
    public ProbesSpec {
        doors = new TreeMap<>(doors);
    }

    /// The way to one node.
    ///
    /// @param url ws or wss
    /// @param headers all of the handshake's, without secrets
    /// @param secretHeaders where the value of a header is to be found
    public record NodeDoor(String url, SortedMap<String, String> headers, SortedMap<String, SecretRef> secretHeaders) {
        public NodeDoor {
            headers = new TreeMap<>(headers);
            secretHeaders = new TreeMap<>(secretHeaders);
        }
    }
}
