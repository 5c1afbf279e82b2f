package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.sqlite.Limits;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `episodes`, `signals` and `baseline` on a history on disk.
class PastCommandsTest {
    private static final Instant THREE = Instant.parse("2026-11-26T03:00:00Z");
    private static final String[] NIGHT = {"--since", "2026-11-26T02:00:00Z", "--until", "2026-11-26T04:00:00Z"};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private Terminals terminals = new Terminals(Path.of("."));

    @BeforeEach
    void openTerminal() throws Exception {
        terminals = new Terminals(home);
        var folder = Files.createDirectories(home.resolve("config/environments"));
        Files.writeString(folder.resolve("yard.yaml"),
                Files.readString(Path.of("environments/service.yaml")).replaceFirst("environment: .*", "environment: yard"));
    }

    private void keep(List<Sample> samples, List<KeptEpisode> episodes) throws Exception {
        var store = SqliteSignalStore.at(SignalFiles.under(home, "yard"), new Limits(64L << 20, 0, 50_000, 100), "yard");
        store.add(THREE.plusSeconds(3_600), samples, episodes);
        store.settle();
        store.close();
    }

    private static KeptEpisode episode(String client, int second, String node) {
        var at = THREE.plusSeconds(second);
        return new KeptEpisode(client, ClientRole.SENTINEL, Scenario.GRACEFUL, Loss.closed(1012), at, node, "v1",
                Map.of(new Failure(Failure.Cause.STATUS, 503), 2L), KeptEpisode.End.BACK, at.plusMillis(1_500), "ws-2", "v2",
                new Continuity(SessionKept.SAME, 0, 0));
    }

    private Terminals.Result run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--env", "yard"));
        return terminals.run(all.toArray(String[]::new));
    }

    private Terminals.Result night(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(NIGHT));
        return run(all.toArray(String[]::new));
    }

    @Test
    void episodesAreExportedWithAHeaderInUtcAndNoFormula() throws Exception {
        keep(List.of(), List.of(episode("sentinel-1", 0, "ws-1"), episode("=cmd|' /C calc'!A1", 1, "a \"b\", c")));
        var result = night("episodes");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).containsExactly(
                "environment,client,role,scenario,lost_at,lost_by,close_code,from_node,from_version,failed_attempts,failures,end,"
                        + "ended_at,took_ms,to_node,to_version,session,messages_lost,messages_duplicated,observer_fault",
                "yard,sentinel-1,sentinel,graceful,2026-11-26T03:00:00.000Z,closed,1012,ws-1,v1,2,status 503: 2,back,"
                        + "2026-11-26T03:00:01.500Z,1500,ws-2,v2,same,0,0,",
                "yard,\"'=cmd|' /C calc'!A1\",sentinel,graceful,2026-11-26T03:00:01.000Z,closed,1012,\"a \"\"b\"\", c\",v1,2,"
                        + "status 503: 2,back,2026-11-26T03:00:02.500Z,1500,ws-2,v2,same,0,0,");
        assertThat(night("episodes", "--format", "json").out().lines().findFirst().orElseThrow())
                .startsWith("{\"environment\":\"yard\",\"client\":\"sentinel-1\",").contains("\"took_ms\":1500,")
                .contains("\"failures\":\"status 503: 2\"");
        assertThat(run("episodes", "--since", "2026-11-26T05:00:00Z", "--until", "2026-11-26T06:00:00Z").out().lines())
                .hasSize(1);
    }

    @Test
    void anExportGoesToANewFileAndNeverOverOne() throws Exception {
        keep(List.of(), List.of(episode("sentinel-1", 0, "ws-1")));
        var file = home.resolve("trail.csv");
        assertThat(night("episodes", "--out", file.toString()).out()).contains("1 episode from 2026-11-26T02:00:00Z");
        assertThat(Files.readAllLines(file)).hasSize(2);
        var again = night("episodes", "--out", file.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.out()).contains("is there already");
    }

    @Test
    void whereNothingIsKeptItIsSaidWhoWouldKeepIt() {
        for (var command : List.of("episodes", "signals")) {
            var result = run(command);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.out()).contains("nothing is kept of yard yet").contains("whoever holds it and acts");
        }
        assertThat(run("episodes", "--since", "yesterday").out()).contains("--since yesterday is neither a duration such as 24h");
    }

    @Test
    void signalsAreListedAndPrinted() throws Exception {
        keep(List.of(new Sample(THREE, "connections.own", "ws-1", "nodes", 41.5, 1),
                new Sample(THREE.plusSeconds(1), "clients.out", "", "clients", 3, 1)), List.of());
        assertThat(run("signals").out().lines()).containsExactly("signal,source,node,first,last,values",
                "clients.out,clients,,2026-11-26T03:00:01Z,2026-11-26T03:00:01Z,1",
                "connections.own,nodes,ws-1,2026-11-26T03:00:00Z,2026-11-26T03:00:00Z,1");
        assertThat(night("signals", "--signal", "connections.own").out().lines()).containsExactly(
                "time,step_s,signal,source,node,min,mean,max,values,samples",
                "2026-11-26T03:00:00Z,1,connections.own,nodes,ws-1,41.5,41.5,41.5,1,1");
        var none = night("signals", "--signal", "connections.odd");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.out()).contains("nothing is kept of connections.odd");
    }

    @Test
    void aBaselineIsRecordedFromATimeWithItsLoadAndListedWithItsAge() throws Exception {
        var episodes = new ArrayList<KeptEpisode>();
        for (int i = 0; i < 40; i++) {
            episodes.add(episode("sentinel-" + i, i, "ws-1"));
        }
        keep(List.of(new Sample(THREE, "clients.connected", "", "clients", 40, 42),
                new Sample(THREE, "connections.total", "", "balancers", 900, 1)), episodes);
        var recorded = night("baseline", "record", "--actor", "kim", "--command", "restart of all nodes");
        assertThat(recorded.out()).contains("recorded: graceful: mean 1.50 s, p95 1.50 s (40 returns)", "by kim",
                "from restart of all nodes", "42 clients of ours, 0 cycles a minute, 900 connections");
        assertThat(recorded.code()).isZero();
        var few = night("baseline", "record", "--scenario", "handoff");
        assertThat(few.code()).isEqualTo(1);
        assertThat(few.out()).contains("nothing is recorded: 0 handoff returns").contains("it takes 30 of one kind");
        var file = BaselineFile.under(home, "yard");
        file.add(new RecordedBaseline(Scenario.EMERGENCY, Duration.ofSeconds(2), Duration.ofSeconds(3), 50,
                Instant.now().minus(Duration.ofDays(31)), THREE, THREE, "a drill", new RecordedBaseline.Load(10, 0, -1), "ada"));
        Files.writeString(file.file(), "{\"scenario\":\"EMER", StandardOpenOption.APPEND);
        file.add(new RecordedBaseline(Scenario.HANDOFF, Duration.ofSeconds(2), Duration.ofSeconds(3), 50, Instant.now(), THREE,
                THREE, "a deploy", new RecordedBaseline.Load(10, 0, -1), "ada"));
        var listed = run("baseline", "list");
        assertThat(listed.out()).contains("graceful: mean 1.50 s", "0 hours old",
                "31 days old; TOO OLD, it counted for 30 days; from a drill; 10 clients of ours, 0 cycles a minute, connections of"
                        + " the service not known",
                "handoff: mean 2.00 s", "yard.jsonl:3:1: this line is no baseline");
        assertThat(listed.code()).isZero();
    }

    @Test
    void aReturnWhileLockkeeperItselfWasAtFaultIsMarkedAndInNoBaseline() throws Exception {
        var fault = new ObserverFault(THREE, THREE.plusSeconds(5), "late");
        var episodes = new ArrayList<KeptEpisode>();
        for (int i = 0; i < 31; i++) {
            var one = episode("sentinel-" + i, i, "ws-1");
            episodes.add(i > 0
                    ? one
                    : new KeptEpisode(one.client(), one.role(), one.scenario(), one.loss(), one.lostAt(), one.fromNode(),
                            one.fromVersion(), one.failed(), one.end(), one.lostAt().plusSeconds(900), one.toNode(),
                            one.toVersion(), one.continuity(), List.of(fault)));
        }
        keep(List.of(), episodes);
        assertThat(night("episodes").out().lines().skip(1)).hasSize(31)
                .filteredOn(line -> line.endsWith(",2026-11-26T03:00:00.000Z to 2026-11-26T03:00:05.000Z: late")).hasSize(1);
        assertThat(night("episodes", "--format", "json").out().lines().findFirst().orElseThrow())
                .endsWith("\"observer_fault\":\"2026-11-26T03:00:00.000Z to 2026-11-26T03:00:05.000Z: late\"}");
        assertThat(night("baseline", "record").out()).contains("not counted: 1 return while Lockkeeper itself was at fault",
                "graceful: mean 1.50 s, p95 1.50 s (30 returns)");
    }

    @Test
    void aRecordingServesForABaselineToo() throws Exception {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            var client = "\"client\":\"sentinel-" + i + "\",\"role\":\"SENTINEL\",\"at\":\"";
            lines.add("{\"type\":\"Opened\"," + client + THREE + "\",\"node\":\"ws-1\",\"version\":\"v1\"}");
            lines.add("{\"type\":\"Lost\"," + client + THREE.plusSeconds(10) + "\",\"loss\":{\"way\":\"CLOSED\",\"code\":1012}}");
            lines.add("{\"type\":\"Back\"," + client + THREE.plusSeconds(13) + "\",\"begun\":\"" + THREE.plusSeconds(12)
                    + "\",\"node\":\"ws-2\",\"version\":\"v1\",\"continuity\":{\"session\":\"SAME\",\"lost\":0,\"duplicated\":0}}");
        }
        var file = Files.write(home.resolve("r.jsonl"), lines);
        var recorded = run("baseline", "record", "--recording", file.toString(), "--connections", "77");
        assertThat(recorded.out()).contains("graceful: mean 3.00 s, p95 3.00 s (30 returns)", "from recording r.jsonl",
                "30 clients of ours, 0 cycles a minute, 77 connections");
        assertThat(run("baseline", "record").out()).contains("there was no run yet");
        assertThat(run("baseline", "record", "--recording", file.toString(), "--since", "1h").out()).contains("say one of");
    }
}
