package io.lockkeeper.domain.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.ClientSignals.Recovery;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");

    private final Scripted signals = new Scripted();
    private final List<ObserverFault> faults = new ArrayList<>();
    private final List<Baseline> baselines = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private Map<String, Instant> started = Map.of();
    private @Nullable Versions versions;
    private Instant now = START;

    private Triggers triggers = Triggers.of(TriggerSet.USUAL);

    private void evaluate(Duration later) {
        now = now.plus(later);
        triggers = triggers.at(new Moment(now, signals, faults, baselines, started, reports, versions));
    }

    private void evaluate() {
        evaluate(TriggerSpec.EVERY);
    }

    private Phase phase(String trigger) {
        return triggers.state(trigger).orElseThrow().phase();
    }

    private String word(String trigger) {
        return phase(trigger).word();
    }

    /// One letter an evaluation: `b`elow the limit by client, below it by `a`ttempt, `g`ood, `n`o data; a digit repeats what stands before it
    /// so many times ten.
    private String after(String letters) {
        char letter = 'n';
        for (int at = 0; at < letters.length(); at++) {
            char next = letters.charAt(at);
            int times = Character.isDigit(next) ? 10 * Character.digit(next, 10) - 1 : 1;
            letter = Character.isDigit(next) ? letter : next;
            for (int i = 0; i < times; i++) {
                signals.byClient = letter == 'n' ? new Ratio(0, 0) : letter == 'b' ? new Ratio(79, 100) : new Ratio(80, 100);
                signals.byAttempt = letter == 'n' ? new Ratio(0, 0) : letter == 'a' ? new Ratio(79, 100) : new Ratio(80, 100);
                evaluate();
            }
        }
        return word("success-rate");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"b, holding", "b3, holding", "b3b, FIRED", "a3, holding", "a3a, FIRED", "g9, quiet", "b3gb3, holding",
            "b3gb3b, FIRED",
            "b2a2, holding", "bababababababababababababababababababababababab, holding", "b2nnnnnnb, holding",
            "b2nnnnnnbbbbbbbbbb, holding", "b2nnnnnnbbbbbbbbbbb, FIRED", "b2nnnbnnnbbbbbbbbbb, FIRED", "b2nnnnnnn, BLIND",
            "b2nnnnnnnb3, holding", "b2nnnnnnnb3b, FIRED", "nnnnnn, quiet", "nnnnnnn, quiet", "nnnnnnnn, BLIND",
            "nnnnnnnng, quiet", "b2nnnnbnnnb, holding", "b2nnnnbnnnb3b, FIRED", "b2nnnnbnnnb2, holding"})
    @Promise(2)
    void successBelowEightyPercentForFiveMinutesFiresAndNothingElse(String evaluations, String word) {
        assertThat(after(evaluations)).isEqualTo(word);
    }

    @Test
    void itSaysHowLongItHasHeldAndWhichOfBothItWas() {
        after("gbbbbbbb");
        assertThat(phase("success-rate")).isEqualTo(new Phase.Holding(START.plusSeconds(20), START.plusSeconds(320),
                "1:00 of 5:00, by client 79 % (79 of 100)"));
        after("nb");
        assertThat(phase("success-rate")).isEqualTo(new Phase.Holding(START.plusSeconds(20), START.plusSeconds(330),
                "1:10 of 5:00, by client 79 % (79 of 100), paused for 10 s without data"));
        after("b3");
        assertThat(phase("success-rate")).isEqualTo(new Phase.Fired(START.plusSeconds(330),
                "by client 79 % (79 of 100), below 80 % at every evaluation for 5:00 since 2026-11-26T03:00:20Z; by attempt 80 % (80 of 100)"));
    }

    @Test
    void timeThatNobodyLookedAtIsTimeWithoutData() {
        after("b2");
        evaluate(Duration.ofSeconds(70)); // a minute without a look
        assertThat(phase("success-rate").words()).startsWith("3:20 of 5:00").endsWith("paused for 60 s without data");
        evaluate(Duration.ofSeconds(25));
        assertThat(phase("success-rate").words()).startsWith("0:00 of 5:00");
        evaluate(Duration.ZERO);
        evaluate(Duration.ofSeconds(-40));
        assertThat(phase("success-rate").words()).as("no time has passed").startsWith("0:00 of 5:00");
    }

    @Test
    void whatHasFiredStaysUntilItIsAcknowledgedAndThenBeginsAnew() {
        after("b3b");
        var fired = phase("success-rate");
        assertThat(after("g9")).isEqualTo("FIRED");
        assertThat(phase("success-rate")).isEqualTo(fired);
        triggers = triggers.acknowledged("success-rate", now);
        assertThat(word("success-rate")).isEqualTo("quiet");
        assertThat(after("b3")).isEqualTo("holding");
        triggers = triggers.acknowledged("success-rate", now);
        assertThat(after("b")).as("only what has fired can be acknowledged").isEqualTo("FIRED");
    }

    @ParameterizedTest
    @CsvSource({"failure-warning, 95", "success-alert, 90", "success-critical, 80"})
    void anAlertFiresAtTheFirstEvaluationBelowItsLimit(String alert, int percent) {
        signals.byClient = new Ratio(percent, 100);
        signals.byAttempt = new Ratio(percent, 100);
        evaluate();
        assertThat(word(alert)).isEqualTo("quiet");
        signals.byAttempt = new Ratio(percent * 10L - 1, 1000);
        evaluate();
        assertThat(phase(alert).words()).startsWith("by attempt " + (percent - 1) + " % (")
                .contains("below " + percent + " % over the last");
        assertThat(word("success-rate")).isNotEqualTo("FIRED");
    }

    @Test
    void anAlertThatWasAcknowledgedFiresAgainOnlyOnceItWasOver() {
        after("b");
        triggers = triggers.acknowledged("success-critical", now);
        after("bnb");
        assertThat(phase("success-critical").words()).isEqualTo("acknowledged, and still by client 79 % (79 of 100)");
        after("g");
        assertThat(word("success-critical")).isEqualTo("quiet");
        after("b");
        assertThat(word("success-critical")).isEqualTo("FIRED");
    }

    /// Letters as in [#after], and `f` a fault of the observer.
    @ParameterizedTest(name = "acknowledged, then {0}: {1}")
    @CsvSource({"b, holding", "b9b, holding", "nnnnnn, quiet", "bnnnnnnb, holding", "g, quiet", "gb, FIRED", "nnnnnnn, BLIND",
            "nnnnnnnb, FIRED", "bnnnnnnnb, FIRED", "n9a, FIRED", "bnnnnbnnnb, holding", "ffffffb, holding", "fffffffb, FIRED",
            "nnnfffb, holding", "nnnffffb, FIRED", "bffffffbffffffb, holding"})
    @Promise(2)
    void anAcknowledgedAlertIsSilentOnlyWhileItsConditionIsSeenToGoOn(String evaluations, String word) {
        after("b");
        triggers = triggers.acknowledged("success-critical", now);
        for (var letter : evaluations.replaceAll("([a-z])9", "$1$1$1$1$1$1$1$1$1$1").split("", -1)) {
            if (letter.equals("f")) {
                faults.add(new ObserverFault(now.plusSeconds(1), now.plusSeconds(10), "this computer's network"));
                evaluate();
                faults.clear();
            } else {
                after(letter);
            }
        }
        assertThat(word("success-critical")).isEqualTo(word);
    }

    @Test
    void whatNobodyLookedAtForLongIsNewsAfterwards() {
        after("b");
        triggers = triggers.acknowledged("success-critical", now);
        evaluate(Duration.ofSeconds(70));
        assertThat(word("success-critical")).isEqualTo("holding");
        evaluate(Duration.ofSeconds(80));
        assertThat(word("success-critical")).isEqualTo("FIRED");
    }

    @Test
    @Promise(10)
    void aFaultOfTheObserverBlindsEveryTriggerThatMeasuresAndTheirClocksBeginAnew() {
        after("b2");
        faults.add(new ObserverFault(now.plusSeconds(1), now.plusSeconds(15), "this computer's network"));
        after("b");
        assertThat(triggers.states()).filteredOn(one -> !(one instanceof HandState))
                .allSatisfy(one -> assertThat(one.phase().words())
                        .as(one.spec().name()).isEqualTo(
                                one.fired() ? one.phase().words() : "the observer itself is at fault: this computer's network"));
        assertThat(word("success-rate") + word("emergency-failures") + word("slower-reconnects") + word("data-loss"))
                .isEqualTo("BLINDBLINDBLINDBLIND");
        assertThat(after("b3")).isEqualTo("holding");
        assertThat(after("b")).isEqualTo("FIRED");
    }

    /// `a-` a failed recovery of client a, `a+` one that succeeded, ten seconds apart.
    private String row(String recoveries) {
        int second = 0;
        for (var one : recoveries.split(" ", -1)) {
            signals.recoveries.add(new Recovery(one.substring(0, 1), START.plusSeconds(second += 10), one.endsWith("+")));
        }
        evaluate(Duration.ofMinutes(10));
        return word("emergency-failures");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"a+, quiet", "a-, holding", "a- b- c-, holding", "a- b- c- d-, FIRED", "a- a- a- b-, FIRED",
            "a- a- a- a-, holding",
            "a- a- a- a- a- b-, FIRED", "a- b- a+ c- d- e-, holding", "a- b- c- a+, quiet", "a- b- c- d+ a- b- c- d-, FIRED",
            "a- b- c- d- a+, FIRED"})
    void theFourthFailureInARowOfAtLeastTwoClientsFires(String recoveries, String word) {
        assertThat(row(recoveries)).isEqualTo(word);
    }

    @Test
    void aRowSaysWhereItStandsAndBeginsAnewOnceAcknowledged() {
        row("a- b- a-");
        assertThat(phase("emergency-failures"))
                .isEqualTo(new Phase.Holding(START.plusSeconds(10), null, "3 of 4 in a row, of 2 clients"));
        signals.recoveries.add(new Recovery("b", now, false));
        evaluate();
        assertThat(phase("emergency-failures").words()).isEqualTo("4 recoveries failed in a row, of 2 clients: "
                + "a at 2026-11-26T03:00:10Z, b at 2026-11-26T03:00:20Z, a at 2026-11-26T03:00:30Z, b at 2026-11-26T03:10:00Z");
        triggers = triggers.acknowledged("emergency-failures", now);
        evaluate();
        assertThat(word("emergency-failures")).isEqualTo("quiet");
    }

    @Test
    @Promise(2)
    void withNobodyWatchingNothingIsQuiet() {
        signals.connected = new Ratio(0, 0);
        evaluate();
        assertThat(List.of(word("emergency-failures"), word("slower-reconnects"), word("data-loss"))).containsOnly("BLIND");
    }

    private void recorded(Scenario scenario, double seconds, long samples, int daysAgo) {
        baselines.add(new Baseline(scenario, Duration.ofMillis(Math.round(seconds * 1000)), samples,
                START.minus(Duration.ofDays(daysAgo))));
    }

    private String afterThreeEvaluations() {
        evaluate();
        evaluate();
        assertThat(word("slower-reconnects")).isNotEqualTo("FIRED");
        evaluate();
        return word("slower-reconnects");
    }

    @ParameterizedTest(name = "{1} returns of {0} s against {2} s recorded from {3} {4} days ago: {5}")
    @CsvSource({"3.1, 30, 2, 30, 1, FIRED", "3.0, 30, 2, 30, 1, quiet", "3.1, 29, 2, 30, 1, quiet", "1.9, 30, 1, 30, 1, quiet",
            "2.0, 30, 1, 30, 1, FIRED", "3.1, 30, 2, 30, 29, FIRED", "3.1, 30, 2, 30, 31, BLIND", "3.1, 30, 2, 29, 1, BLIND"})
    void returnsAreSlowerWhenTheirMeanIsHalfAgainAsLongAndASecondMore(double seconds, int count, double baseline, long samples,
            int days,
            String word) {
        recorded(Scenario.EMERGENCY, baseline, samples, days);
        signals.returned(Scenario.EMERGENCY, count, seconds, "v1", "ws-1", START);
        assertThat(afterThreeEvaluations()).isEqualTo(word);
    }

    @Test
    void eachScenarioHasItsOwnBaseline() {
        recorded(Scenario.EMERGENCY, 9, 100, 1);
        recorded(Scenario.GRACEFUL, 2, 100, 1);
        signals.returned(Scenario.EMERGENCY, 40, 10, "v1", "ws-1", START);
        signals.returned(Scenario.GRACEFUL, 40, 2.2, "v1", "ws-1", START);
        assertThat(afterThreeEvaluations()).isEqualTo("quiet");
        signals.returned(Scenario.GRACEFUL, 400, 4, "v1", "ws-1", now);
        assertThat(afterThreeEvaluations()).isEqualTo("FIRED");
        assertThat(phase("slower-reconnects").words()).isEqualTo(
                "graceful returns take 3.8 s (440), 2.0 s as recorded at 2026-11-25T03:00:00Z (100)");
    }

    @Test
    void clientsOnTheVersionBeforeAreTheBaselineWhileThereAreEnough() {
        versions = new Versions("v1", "v2");
        recorded(Scenario.EMERGENCY, 2, 100, 1);
        signals.returned(Scenario.EMERGENCY, 30, 8, "v2", "ws-2", START);
        signals.returned(Scenario.EMERGENCY, 30, 7, "v1", "ws-1", START);
        assertThat(afterThreeEvaluations()).as("the version before suffers too").isEqualTo("quiet");
        evaluate(Duration.ofMinutes(10));
        signals.returned(Scenario.EMERGENCY, 30, 8, "v2", "ws-2", now);
        signals.returned(Scenario.EMERGENCY, 29, 7, "v1", "ws-1", now);
        assertThat(afterThreeEvaluations()).as("too few of them: the recorded one").isEqualTo("FIRED");
    }

    @Test
    void nodesThatHaveJustComeUpDoNotCount() {
        recorded(Scenario.EMERGENCY, 2, 100, 1);
        started = Map.of("ws-2", START.minusSeconds(119));
        signals.returned(Scenario.EMERGENCY, 50, 9, "v1", "ws-2", START);
        assertThat(afterThreeEvaluations()).isEqualTo("quiet");
        started = Map.of("ws-2", START.minusSeconds(120));
        assertThat(afterThreeEvaluations()).isEqualTo("FIRED");
    }

    @Test
    @Promise(2)
    void withoutABaselineItIsBlindBeforeAnythingBegins() {
        evaluate();
        assertThat(phase("slower-reconnects").words()).isEqualTo(
                "no baseline: none recorded in the last 30 days, and too few clients on the version before");
        recorded(Scenario.GRACEFUL, 2, 100, 1);
        evaluate();
        assertThat(word("slower-reconnects")).isEqualTo("quiet");
        signals.returned(Scenario.EMERGENCY, 1, 9, "v1", "ws-2", now);
        evaluate();
        assertThat(phase("slower-reconnects").words()).startsWith("no baseline for emergency: ");
    }

    @ParameterizedTest(name = "{0}: {1} after {2} s is {3}")
    @CsvSource({"EXACTLY_ONCE, LOST, 0, FIRED", "EXACTLY_ONCE, DUPLICATED, 0, FIRED", "EXACTLY_ONCE, SESSION, 300, FIRED",
            "EXACTLY_ONCE, SESSION, 301, quiet", "AT_LEAST_ONCE, LOST, 400, FIRED", "AT_LEAST_ONCE, DUPLICATED, 0, quiet",
            "AT_LEAST_ONCE, SESSION, 1, FIRED", "AT_MOST_ONCE, LOST, 0, quiet", "AT_MOST_ONCE, DUPLICATED, 0, FIRED",
            "AT_MOST_ONCE, SESSION, 1, FIRED"})
    void whatIsADataLossIsWhatTheDeliveryPromisedMustNotBe(Delivery delivery, Incident.Kind kind, int away, String word) {
        triggers = Triggers.of(TriggerSet.usual(delivery));
        signals.incidents.add(new Incident("s-1", START.minusSeconds(away), START, kind, 1));
        evaluate();
        assertThat(word("data-loss")).isEqualTo(word);
    }

    @Test
    void anAcknowledgedLossDoesNotFireAgainButOneThatIsHeardOfLateDoes() {
        signals.incidents.add(new Incident("s-1", START, START, Incident.Kind.LOST, 2));
        evaluate();
        signals.incidents.add(new Incident("s-2", START, now, Incident.Kind.LOST, 1));
        evaluate();
        triggers = triggers.acknowledged("data-loss", now);
        evaluate();
        assertThat(word("data-loss")).isEqualTo("quiet");
        signals.incidents.add(new Incident("s-3", START, START, Incident.Kind.DUPLICATED, 1));
        evaluate();
        assertThat(phase("data-loss").words()).isEqualTo("s-3 got 1 message twice at 2026-11-26T03:00:00Z");
        triggers = triggers.acknowledged("data-loss", now);
        reports.add(new Report.DataLost(now, "kim", "a customer misses an order"));
        evaluate();
        assertThat(phase("data-loss").words()).isEqualTo("kim reports: a customer misses an order");
    }

    @Test
    void peopleFireByTicketsByACustomerAndByConsensus() {
        reports.add(new Report.TicketsRose(now, "kim", "from the desk", 20));
        reports.add(new Report.Voted(now, "kim", "it is the release", true));
        reports.add(new Report.Voted(now, "bob", "wait", false));
        evaluate();
        assertThat(List.of(word("tickets"), word("customer-sla"), phase("consensus").words()))
                .containsExactly("quiet", "quiet", "1 of 2 votes, 1 against: kim: it is the release; bob against: wait");
        reports.add(new Report.TicketsRose(now, "kim", "from the desk", 21));
        reports.add(new Report.CustomerBreached(now, "kim", "they called", "Acme"));
        reports.add(new Report.Voted(now, "bob", "kim is right", true));
        faults.add(new ObserverFault(START, Instant.MAX, "ours"));
        evaluate();
        assertThat(phase("tickets").words()).isEqualTo("tickets 21 % over their baseline, by kim: from the desk");
        assertThat(phase("customer-sla").words()).isEqualTo("SLA breached of Acme, by kim: they called");
        assertThat(phase("consensus").words()).isEqualTo("2 of 2 votes, 0 against: kim: it is the release; bob: kim is right");
        triggers = triggers.acknowledged("consensus", now);
        evaluate();
        assertThat(word("consensus")).isEqualTo("quiet");
    }

    /// `k+` kim votes for it, `k-` against it; `k5` kim reports that tickets are 5 % over their baseline.
    private static Report report(String one) {
        var actor = one.substring(0, 1);
        var what = one.substring(1);
        return what.equals("+") || what.equals("-")
                ? new Report.Voted(START, actor, "so", what.equals("+"))
                : new Report.TicketsRose(START, actor, "so", Integer.parseInt(what));
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({"k+, consensus, holding", "k+ k+, consensus, holding", "k+ b+, consensus, FIRED", "k+ b-, consensus, holding",
            "k+ b- b+, consensus, FIRED", "k+ k- b+, consensus, holding", "k+ b+ c-, consensus, holding", "k-, consensus, quiet",
            "k+ k-, consensus, quiet", "k21, tickets, FIRED", "k20, tickets, quiet", "k21 k5, tickets, quiet",
            "k21 b5, tickets, FIRED", "k5 k21, tickets, FIRED", "k+ b+, tickets, quiet"})
    void everybodysLastWordCounts(String said, String trigger, String word) {
        for (var one : said.split(" ", -1)) {
            reports.add(report(one));
        }
        evaluate();
        assertThat(word(trigger)).isEqualTo(word);
        var folded = Said.NOTHING;
        for (var one : reports) {
            folded = folded.with(one);
        }
        var spec = triggers.state(trigger).orElseThrow().spec();
        assertThat(folded.phase(spec, now)).map(Phase::word).contains(word);
        assertThat(folded.fired(trigger).acknowledged(trigger).phase(spec, now)).map(Phase::word).contains("quiet");
        assertThat(folded.fired(trigger).with(report("c+")).with(report("c90")).acknowledged(trigger).phase(spec, now))
                .as("what came after it had fired").map(Phase::word)
                .contains(trigger.equals("tickets") ? "FIRED" : "holding");
    }
}
