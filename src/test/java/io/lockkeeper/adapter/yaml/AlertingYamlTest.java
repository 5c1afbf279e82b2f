package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.AlertingSpec;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.EnvironmentReader;
import io.lockkeeper.domain.environment.SecretRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertingYamlTest {
    private static EnvironmentReader.Read read(String more) {
        return EnvironmentYaml.read("shop.yaml", """
                lockkeeper: 1
                environment: shop
                tier: staging
                nodes: { ws-1: }
                service: { url: "http://127.0.0.1:9080", token: { file: token } }
                %s
                """.formatted(more));
    }

    private static @Nullable AlertingSpec alerting(String more) {
        return read(more).file().orElseThrow().alerting();
    }

    @Test
    void itIsReadAndMayBeLeftOut() {
        assertThat(alerting("")).isNull();
        assertThat(alerting("alerting: { prometheus: \"http://prom:9090/\" }"))
                .isEqualTo(new AlertingSpec("http://prom:9090", null, null));
        assertThat(alerting("""
                alerting:
                  prometheus: https://mon.example.org/prometheus
                  alertmanager: https://mon.example.org/alertmanager/
                  auth: { bearer: { env: MON_TOKEN } }
                """)).isEqualTo(new AlertingSpec("https://mon.example.org/prometheus", "https://mon.example.org/alertmanager",
                new Auth.Bearer(new SecretRef.Env("MON_TOKEN"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alerting: { alertmanager: "http://a:1" }                          | shop.yaml:6:11: error: "prometheus" is missing
            alerting: { prometheus: prom }                                    | "prometheus" is no address: prom
            alerting: { prometheus: "http://p:1?x=1" }                        | "prometheus" is an address without a query
            alerting: { prometheus: "http://p:1", auth: { bearer: secret } }  | "bearer" is a secret and does not belong in this file
            alerting: { prometheus: "http://p:1", alertmangaer: "http://a:1" }| did you mean "alertmanager"
            """)
    void mistakesAreNamedWithTheirPlace(String text, String words) {
        assertThat(read(text).problems()).extracting(Problem::toString).singleElement().asString().contains(words);
    }
}
