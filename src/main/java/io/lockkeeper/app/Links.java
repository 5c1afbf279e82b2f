package io.lockkeeper.app;

import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.domain.link.LinkMachine;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.port.MetricsPage;
import io.lockkeeper.domain.observer.Contact;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// All links of an environment; what they read goes to the board through the session's mailbox.
final class Links {
    private static final PolledLink.Rhythm FAST = new PolledLink.Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(3));
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final LinkMachine MACHINE = new LinkMachine(Backoff.LINKS, Duration.ofSeconds(5));

    private final List<SupervisedLink> links = new ArrayList<>();
    private final List<SupervisedLink> metrics = new ArrayList<>();
    private final Consumer<Consumer<FleetBoard>> mailbox;
    private final Time time;
    private final DoubleSupplier dice;

    /// @param mailbox runs a change of the board on the session's thread
    Links(Endpoints endpoints, List<String> nodes, Consumer<Consumer<FleetBoard>> mailbox, Time time, DoubleSupplier dice) {
        this.mailbox = mailbox;
        this.time = time;
        this.dice = dice;
        endpoints.balancers().forEach(balancer -> polled("balancer " + balancer.name(), balancer.endpoint(), balancer::read,
                new ToBoard<BalancerReading>((board, reading, at) -> board.balancer(balancer.name(), reading, at),
                        (board, why, at) -> board.balancerLost(balancer.name(), why, at))));
        nodes.forEach(node -> polled("node " + node, endpoints.view().endpoint(node), limit -> endpoints.view().read(node, limit),
                new ToBoard<NodeReading>((board, reading, at) -> board.view(node, reading, at),
                        (board, why, at) -> board.viewLost(node, why, at))));
        polled("lifecycle " + endpoints.lifecycle().name(), endpoints.lifecycle().endpoint(), endpoints.lifecycle()::read,
                new ToBoard<Map<String, ProcessReading>>(FleetBoard::processes, FleetBoard::processesLost));
        endpoints.feed().ifPresent(feed -> links.add(new FeedLink(feed, new FeedToBoard(), MACHINE, time, dice)));
    }

    private <T> void polled(String name, String endpoint, PolledLink.Source<T> source, PolledLink.Sink<T> sink) {
        links.add(new PolledLink<>(name, endpoint, source, sink, FAST, MACHINE, time, dice));
    }

    /// A page of `metrics`, read in its own rhythm. Before [#start].
    void add(MetricsPage page, PolledLink.Sink<Answer> sink) {
        var name = "metrics " + page.source() + (page.node() == null ? "" : " " + page.node());
        var limit = page.every().compareTo(LONGEST) > 0
                ? LONGEST
                : page.every().compareTo(FAST.limit()) < 0 ? FAST.limit() : page.every();
        metrics.add(new PolledLink<>(name, page.endpoint(), page::read, sink, new PolledLink.Rhythm(page.every(), limit),
                new LinkMachine(Backoff.LINKS, page.every().multipliedBy(2).plus(limit)), time, dice));
    }

    void start() {
        all().forEach(SupervisedLink::start);
    }

    void stop() {
        all().forEach(SupervisedLink::stop);
    }

    /// Metrics that are live keep to their rhythm: a page may be large, and no order is confirmed by it.
    void now() {
        links.forEach(SupervisedLink::now);
        metrics.stream().filter(link -> !(link.view().state() instanceof LinkState.Live)).forEach(SupervisedLink::now);
    }

    List<LinkView> views() {
        return all().map(SupervisedLink::view).toList();
    }

    private Stream<SupervisedLink> all() {
        return Stream.concat(links.stream(), metrics.stream());
    }

    List<Contact> contacts() {
        return links.stream().flatMap(link -> link.contact().stream()).toList();
    }

    private interface Change<V> {
        void on(FleetBoard board, V value, Instant at);
    }

    private final class ToBoard<T> implements PolledLink.Sink<T> {
        private final Change<T> seen;
        private final Change<String> lost;

        ToBoard(Change<T> seen, Change<String> lost) {
            this.seen = seen;
            this.lost = lost;
        }

        @Override
        public void seen(T value, Instant begunAt) {
            mailbox.accept(board -> seen.on(board, value, begunAt));
        }

        @Override
        public void lost(String why, Instant at) {
            mailbox.accept(board -> lost.on(board, why, at));
        }
    }

    private final class FeedToBoard implements FeedLink.Sink {
        @Override
        public void joined(List<SessionEvent> current) {
            var at = time.now();
            mailbox.accept(board -> board.joined(current, at));
        }

        @Override
        public void event(SessionEvent event) {
            var at = time.now();
            mailbox.accept(board -> board.event(event, at));
        }

        @Override
        public void heard() {
            var at = time.now();
            mailbox.accept(board -> board.feedHeard(at));
        }

        @Override
        public void lost(String why) {
            var at = time.now();
            mailbox.accept(board -> board.feedLost(why, at));
        }
    }
}
