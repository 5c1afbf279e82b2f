package io.lockkeeper.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
    private static final Ask OPEN = Pages.series("open");

    private static Answer read(Exposition format, String page, List<Ask> asks) throws IOException, GarbledPage {
        return PageReader.read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), format, asks);
    }

    private static List<Sample> text(String page) throws IOException, GarbledPage {
        return read(Exposition.PROMETHEUS_TEXT, page, List.of(OPEN)).samples(OPEN);
    }

    private static List<Sample> open(String page) throws IOException, GarbledPage {
        return read(Exposition.OPEN_METRICS, page, List.of(OPEN)).samples(OPEN);
    }

    private static Sample sample(double value, Map<String, String> labels) {
        return new Sample(labels, value, null);
    }

    @Test
    void prometheusText() throws Exception {
        assertThat(text("""
                # HELP open how many \\n are open
                # TYPE open gauge

                open 3
                open{a="1"} 4.5e1
                open {a = "2" , b="x\\"y\\\\z\\n" , } NaN 1700000000500
                open{a="3"}\t+Inf
                openly 9
                other{open="1"} 7
                """)).containsExactly(sample(3, Map.of()), sample(45, Map.of("a", "1")),
                new Sample(Map.of("a", "2", "b", "x\"y\\z\n"), Double.NaN, Instant.ofEpochMilli(1700000000500L)),
                sample(Double.POSITIVE_INFINITY, Map.of("a", "3")));
        assertThat(text("open 1\r\nother 2\r\n")).containsExactly(sample(1, Map.of()));
    }

    @Test
    void openMetricsWithExemplarsTimesAndItsEnd() throws Exception {
        assertThat(open("""
                # TYPE open gauge
                # UNIT open connections
                open{a="{} # \\"x"} 3 1700000000.5 # {trace_id="abc"} 0.67 1700000000
                open{a="2"} 4 # {trace_id="abc"} 0.67
                # EOF
                """)).containsExactly(new Sample(Map.of("a", "{} # \"x"), 3, Instant.ofEpochMilli(1700000000500L)),
                sample(4, Map.of("a", "2")));
        assertThat(open("open 1\n# EOF")).as("the end without a line end").hasSize(1);
    }

    @Test
    void namesInQuotesOfTheNewerFormat() throws Exception {
        var ask = Pages.series("{\"http.öffen\",\"a.b\"=\"1\"}");
        var page = "{\"http.öffen\",\"a.b\"=\"1\",c=\"2\"} 5\n{\"http.öffen\"} 6\n{\"open\", x=\"y\"} 7\n";

        assertThat(read(Exposition.PROMETHEUS_TEXT, page, List.of(ask)).samples(ask))
                .containsExactly(sample(5, Map.of("a.b", "1", "c", "2")));
        assertThat(text(page)).containsExactly(sample(7, Map.of("x", "y")));
    }

    @Test
    void histogramsAndSummariesAreSeriesOfTheirOwnNames() throws Exception {
        var asks = Pages.all("t_seconds_count", "t_seconds_sum", "t_seconds_bucket{le=\"+Inf\"}", "t_seconds{quantile=\"0.99\"}",
                "c_total");
        var answer = read(Exposition.OPEN_METRICS, """
                # TYPE t_seconds histogram
                t_seconds_bucket{le="0.1"} 8
                t_seconds_bucket{le="+Inf"} 10
                t_seconds_count 10
                t_seconds_sum 2.5
                t_seconds_created 1700000000.123
                t_seconds{quantile="0.99"} 0.3
                # TYPE c counter
                c_total 7
                c_created 1700000000.123
                # EOF
                """, asks);

        assertThat(asks.stream().map(ask -> answer.samples(ask).getFirst().value())).containsExactly(10.0, 2.5, 10.0, 0.3, 7.0);
    }

    @Test
    void whatMayHaveBeenMeantIsNamed() throws Exception {
        assertThat(read(Exposition.PROMETHEUS_TEXT, "open_total 1\nopen_created 2\nno 3\n", List.of(OPEN)).hints())
                .containsEntry(OPEN, List.of("open_total", "open_created"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open 1\n", "open 1\n# EO", "open 1\n# EOF\nopen 2\n", ""})
    void anOpenMetricsPageWithoutItsEndIsNoPage(String page) {
        assertThatExceptionOfType(GarbledPage.class).isThrownBy(() -> open(page));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "open 1", "open\n", "open{\n", "open{a} 1\n", "open{a=1} 1\n", "open{a=\"1} 1\n",
            "open{a=\"1\"\n",
            "open{a=\"1\"b=\"2\"} 1\n", "open x\n", "open 1d\n", "open 0x1p3\n", "open 1 x\n", "open{a=\"1\",a=\"2\"} 1\n",
            "<html>\n", "{}\n", "{\"open\",\"open2\"} 1\n", "open 1\nopen 1\n", "open 1 5\nopen 2 5\n", "9open 1\n",
            "open{a=\"\\\n",
            "{\"open\n"})
    void garbledAndCutAndDoubledPagesAreRefused(String page) {
        assertThatExceptionOfType(GarbledPage.class).isThrownBy(() -> text(page));
    }

    @Test
    void theNewestOfSeveralTimesCounts() throws Exception {
        assertThat(text("open 1 1000\nopen 2 2000\n"))
                .containsExactly(new Sample(Map.of(), 2, Instant.ofEpochMilli(2000)));
    }

    /// Whatever a page is cut or overwritten to: an answer or a clear refusal, nothing else.
    @Test
    void noPageBreaksTheReader() {
        var good = "# TYPE open gauge\nopen{a=\"1\\n\",b=\"\\\"\"} 3 1700000000500 # {x=\"y\"} 1\n{\"open\",\"q.r\"=\"s\"} +Inf\n# EOF\n"
                .getBytes(StandardCharsets.UTF_8);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var page = Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length) : good.length);
            for (int change = random.nextInt(4); change > 0 && page.length > 0; change--) {
                page[random.nextInt(page.length)] = (byte) random.nextInt(256);
            }
            try {
                PageReader.read(new ByteArrayInputStream(page), i % 2 == 0 ? Exposition.PROMETHEUS_TEXT : Exposition.OPEN_METRICS,
                        List.of(OPEN));
            } catch (GarbledPage _) {
                refused++;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    /// A page made as it is read: were it kept, it would not fit.
    private static InputStream large(long series) {
        return new InputStream() {
            private long next;
            private byte[] line = new byte[0];
            private int at;

            @Override
            public int read(byte[] into, int from, int length) {
                int copied = 0;
                for (int next = read(); next >= 0; next = copied < length ? read() : -1) {
                    into[from + copied++] = (byte) next;
                }
                return copied == 0 ? -1 : copied;
            }

            @Override
            public int read() {
                if (at == line.length) {
                    if (next == series) {
                        return -1;
                    }
                    line = ((next % 1000 == 0
                            ? "open{node=\"n"
                            : "requests_total{path=\"/a/b/c\",method=\"GET\",status=\"200\",node=\"n")
                            + next + "\"} " + next + "\n").getBytes(StandardCharsets.UTF_8);
                    next++;
                    at = 0;
                }
                return line[at++];
            }
        };
    }

    @Test
    void aHundredThousandSeriesOfWhichFewAreAsked() throws Exception {
        var answer = PageReader.read(large(100_000), Exposition.PROMETHEUS_TEXT, List.of(OPEN));

        assertThat(answer.samples(OPEN)).hasSize(100);
    }

    @Test
    void limitsAreSaidClearly() {
        var everything = Pages.series("requests_total");

        assertThatExceptionOfType(GarbledPage.class)
                .isThrownBy(() -> PageReader.read(large(100_000), Exposition.PROMETHEUS_TEXT, List.of(everything)))
                .withMessage("has more than 10000 series that fit: ask for fewer, with labels");
        assertThatExceptionOfType(GarbledPage.class)
                .isThrownBy(() -> PageReader.read(large(10_000_000), Exposition.PROMETHEUS_TEXT, List.of(OPEN)))
                .withMessage("is larger than 64 MiB");
        assertThatExceptionOfType(GarbledPage.class).isThrownBy(() -> text("# " + "x".repeat(70_000) + "\n"))
                .withMessage("has more than 64 KiB in line 1");
    }
}
