package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EventFeedTest {
    @TempDir
    Path folder;

    @Test
    void everyMoveIsToldInOrderWithTheIdsOfTheSessionList() throws Throwable {
        try (var demo = new TestDemo(folder, 6)) {
            var feed = TestSession.open(demo.field("feed"), "Authorization", "Bearer " + demo.field("token"));
            var hello = feed.next();
            var moving = demo.sessions("ws-2");

            demo.order("ws-2", "drain", "");
            demo.order("ws-2", "close", "{\"perSecond\":100}");
            var events = new ArrayList<JsonNode>();
            while (events.stream().filter(event -> is(event, "session.resumed")).count() < 2) {
                var event = feed.next();
                if (!is(event, "heartbeat")) {
                    events.add(event);
                }
            }

            assertThat(is(hello, "hello")).isTrue();
            long n = hello.path("n").asLong();
            for (var event : events) {
                assertThat(event.path("n").asLong()).isEqualTo(++n);
            }
            assertThat(events.getFirst().path("admin").asString()).isEqualTo("drained");
            var closed = events.stream().filter(event -> is(event, "session.closed")).toList();
            assertThat(closed).allSatisfy(event -> assertThat(event.path("code").asInt()).isEqualTo(1012));
            var resumed = new TreeSet<String>();
            events.stream().filter(event -> is(event, "session.resumed")).forEach(event -> {
                assertThat(event.path("from").asString()).isEqualTo("ws-2");
                resumed.add(event.path("session").asString());
            });
            assertThat(resumed).isEqualTo(moving);
            feed.leave();
        }
    }

    @Test
    void aForgottenSessionIsToldAsLostUnderItsOldId() throws Throwable {
        try (var demo = new TestDemo(folder, 0)) {
            demo.order("ws-3", "deploy", "{\"version\":\"loss\"}");
            TestDemo.within(5).until(() -> demo.node("ws-3").path("version").asString().equals("loss")
                    && demo.node("ws-3").path("ready").asBoolean());
            var first = TestSession.hello(demo.ws("ws-1"));
            var answer = first.next();
            first.leave();
            var feed = TestSession.open(demo.field("feed"), "Authorization", "Bearer " + demo.field("token"));

            var second = TestSession.open(demo.ws("ws-3") + "?resume=" + answer.path("token").asString() + "&last=1");

            var again = second.next();
            assertThat(again.path("kind").asString()).isEqualTo("lost");
            var lost = feed.next();
            while (!is(lost, "session.lost")) {
                lost = feed.next();
            }
            assertThat(lost.path("session")).isEqualTo(answer.path("session"));
            assertThat(lost.path("from").asString()).isEqualTo("ws-1");
            var opened = feed.next();
            assertThat(is(opened, "session.opened")).isTrue();
            assertThat(opened.path("session")).isEqualTo(again.path("session"));
            second.leave();
            feed.leave();
        }
    }

    private static boolean is(JsonNode event, String type) {
        return event.path("type").asString().equals(type);
    }
}
