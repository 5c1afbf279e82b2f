package io.lockkeeper.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.runbook.GateSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static String row(CatalogueEntry entry) {
        return "| `" + entry.name() + "` | " + entry.shape().words() + " | " + entry.unit() + " | " + entry.what() + " | "
                + entry.window() + " | " + (entry.ofNode() ? "node and whole" : "whole") + " | "
                + entry.sources().stream().map(SourceKind::key).collect(Collectors.joining(", ")) + " |";
    }

    @Test
    void theTableInTheDocsIsTheCatalogue() throws IOException {
        var rows = Files.readAllLines(Path.of("docs/signals.md")).stream()
                .dropWhile(line -> !line.equals("| signal | kind | unit | what it is | window | of | known from |")).skip(2)
                .takeWhile(line -> line.startsWith("|")).toList();

        assertThat(rows).isEqualTo(Catalogue.ALL.stream().map(CatalogueTest::row).toList());
    }

    @Test
    void everySignalThatAGateKnowsIsInIt() {
        assertThat(Catalogue.ALL).extracting(CatalogueEntry::name).doesNotHaveDuplicates();
        for (var signal : GateSignal.NAMED) {
            assertThat(Catalogue.find(signal.key())).as(signal.key()).isPresent();
        }
    }

    @Test
    void onlyWhatCanBeMeasuredByNumbersComesFromMetrics() {
        assertThat(Catalogue.ALL).filteredOn(CatalogueEntry::fromMetrics).extracting(CatalogueEntry::shape)
                .doesNotContain(Shape.TRUTH, Shape.TEXT);
    }
}
