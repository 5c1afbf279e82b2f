package io.lockkeeper.domain.metrics;

/// What a source is asked for.
public sealed interface Ask {
    /// Series of a page, added up.
    record Series(Selector selector) implements Ask {
        @Override
        public String words() {
            return selector.toString();
        }
    }

    /// A query that the source works out itself, in PromQL.
    record Query(String text) implements Ask {
        @Override
        public String words() {
            return text;
        }
    }

    String words();
}
