package io.lockkeeper.cli;

import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import java.util.List;
import java.util.Optional;

/// Which links are not live, in as few words as possible.
final class LinkTrouble {
    private LinkTrouble() {}

    static Optional<String> words(List<LinkView> links) {
        var down = links.stream().filter(link -> !(link.state() instanceof LinkState.Live)).toList();
        return switch (down.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(down.getFirst().name() + " " + state(down.getFirst()) + cause(down.getFirst()));
            default -> Optional.of(down.size() + " of " + links.size() + " links not live: "
                    + String.join(", ", down.stream().map(link -> link.name() + " " + state(link)).toList()));
        };
    }

    private static String state(LinkView link) {
        return switch (link.state()) {
            case LinkState.Offline _ -> "not connected";
            case LinkState.Connecting _ -> link.state().lost().isPresent() ? "lost" : "connecting";
            case LinkState.Live _ -> "live";
            case LinkState.Stale _ -> "silent";
            case LinkState.Waiting _ -> "lost";
            case LinkState.Refused _ -> "REFUSED";
        };
    }

    private static String cause(LinkView link) {
        return link.state() instanceof LinkState.Refused(var cause, _)
                ? ": " + cause
                : link.state().lost().map(why -> ": " + why).orElse("");
    }
}
