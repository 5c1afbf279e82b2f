package io.lockkeeper.domain.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.EnvironmentYaml;
import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.Tier;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// One notification in the shapes that receivers want.
class PayloadTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-26T22:40:01.500Z");
    private static final Notification NEWS = new Notification("shop/r-1/held@x", Occasion.NEEDS_PERSON, true, "shop",
            Tier.PRODUCTION, "r-1", AT, "shop: Rolling deploy: held", "HELD by <kim> & co.");

    private static ChannelSpec channel(String written) {
        return EnvironmentYaml.read("shop.yaml", """
                lockkeeper: 1
                environment: shop
                tier: staging
                nodes: { ws-1: }
                service: { url: "http://127.0.0.1:1", token: { env: T } }
                notify:
                  team: %s
                """.formatted(written)).file().orElseThrow().channels().getFirst();
    }

    private static Map<String, @Nullable Object> json(String written) {
        return Payload.json((ChannelSpec.Webhook) channel(written), NEWS);
    }

    @Test
    void theGenericShapeSaysEverythingByName() {
        assertThat(JSON.writeValueAsString(json("{ webhook: { url: { env: U } } }"))).isEqualTo(
                """
                        {"id":"shop/r-1/held@x","occasion":"needs-person","environment":"shop","tier":"production","run":"r-1",\
                        "at":"2026-11-26T22:40:01Z","title":"shop: Rolling deploy: held",\
                        "text":"HELD by <kim> & co.\\nrun r-1 in shop, 2026-11-26 22:40:01 UTC","urgent":true}""");
    }

    @Test
    void forSlackWhatWouldCallEverybodyIsTakenApart() {
        assertThat(json("{ webhook: { url: { env: U }, shape: slack } }")).isEqualTo(Map.of("text",
                ":rotating_light: *shop: Rolling deploy: held*\nHELD by &lt;kim&gt; &amp; co.\nrun r-1 in shop, 2026-11-26 22:40:01 UTC"));
    }

    @Test
    void forTeamsItIsAMessageWithOneCardWhoseTextsKnowNoMarkdown() {
        assertThat(JSON.writeValueAsString(json("{ webhook: { url: { env: U }, shape: teams } }"))).isEqualTo(
                """
                        {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":\
                        {"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","msteams":{"width":"Full"},"body":[\
                        {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"shop: Rolling deploy: held","weight":"Bolder","size":"Medium","color":"Attention"}]},\
                        {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"HELD by <kim> & co."}]},\
                        {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"run r-1 in shop, 2026-11-26 22:40:01 UTC"}]}]}}]}""");
    }

    @Test
    void anOwnTextStandsInForTheUsualOneInEveryShape() {
        assertThat(json("{ webhook: { url: { env: U }, shape: slack }, template: \"{tier}: {text} ({id})\" }").get("text"))
                .asString()
                .endsWith("*\nproduction: HELD by &lt;kim&gt; &amp; co. (shop/r-1/held@x)");
        assertThat(json("{ webhook: { url: { env: U } }, template: \"{tier}\" }")).containsEntry("text", "production");
    }

    @Test
    void anOwnJsonIsFilledValueByValueSoThatNothingBreaksOutOfIt() {
        var own = json(
                """
                        { webhook: { url: { env: U } }, template: { content: "{title}\\n{text}", tts: false, level: 3, code: "3", none: null,
                              tags: [ "{tier}", lockkeeper ], more: { key: "{id}" } } }""");
        assertThat(JSON.writeValueAsString(own)).isEqualTo("""
                {"content":"shop: Rolling deploy: held\\nHELD by <kim> & co.","tts":false,"level":3,"code":"3","none":null,\
                "tags":["production","lockkeeper"],"more":{"key":"shop/r-1/held@x"}}""");
        var evil = new Notification("i", Occasion.TEST, false, "shop", Tier.STAGING, null, AT, "t", "\"} , {\"x\": {run}");
        assertThat(
                Payload.json((ChannelSpec.Webhook) channel("{ webhook: { url: { env: U } }, template: { content: \"{text}\" } }"),
                        evil))
                .isEqualTo(Map.of("content", "\"} , {\"x\": {run}"));
    }

    @Test
    void aSubjectIsOneLineAndSaysWhetherSomebodyHasToAct() {
        var mail = (ChannelSpec.Smtp) channel("{ smtp: { host: m.example.org, from: a@b.org, to: [ c@d.org ] } }");
        assertThat(Payload.subject(mail, NEWS)).isEqualTo("[ACT] Lockkeeper: shop: Rolling deploy: held");
        var broken = new Notification("i", Occasion.TEST, false, "shop", Tier.STAGING, null, AT, "t\r\nBcc: x@y.org\u2028z", "t");
        assertThat(Payload.subject(mail, broken)).isEqualTo("Lockkeeper: t Bcc: x@y.org z");
    }

    @Test
    void whatIsTooLongForAReceiverIsCutAndSaysSo() {
        var channel = channel("{ desktop: true }");
        var endless = new Notification("i", Occasion.TEST, false, "shop", Tier.STAGING, null, AT, "t", "x".repeat(50_000));
        assertThat(Payload.text(channel.route(), endless)).hasSizeLessThan(3_100).endsWith(" ... (cut)");
    }
}
