package io.lockkeeper.lab;

import io.lockkeeper.adapter.json.JsonRecordings;
import io.lockkeeper.domain.client.Episodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// What the product makes of a recording: one JSON line per episode, with its scenario and cause. Argument: the recording.
public final class EpisodeLines {
    private EpisodeLines() {}

    public static void main(String[] arguments) throws IOException {
        var json = JsonMapper.builder().build();
        try (var lines = Files.newBufferedReader(Path.of(arguments[0]))) {
            var read = JsonRecordings.read(arguments[0], lines);
            read.problems().forEach(problem -> {
                throw new IllegalArgumentException(problem.toString());
            });
            var episodes = new Episodes();
            read.recording().planned().forEach(episodes::on);
            read.recording().events().forEach(episodes::on);
            episodes.all().forEach(one -> System.out.println(json.createObjectNode().put("client", one.client())
                    .put("scenario", one.scenario().name()).put("way", one.loss().way().name()).put("code", one.loss().code())
                    .put("node", one.fromNode()).put("lostAt", one.lostAt().toString()).put("failed", one.failed().size())
                    .put("back", one.back() == null ? "" : one.back().at().toString())));
        }
    }
}
