package io.lockkeeper.adapter.yaml;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.EnvironmentReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/// Environment files as YAML.
public final class EnvironmentYaml {
    private EnvironmentYaml() {}

    /// @param file the name for marks, as the operator knows it
    /// @param text the file's whole text
    public static EnvironmentReader.Read read(String file, String text) {
        var composed = YamlText.compose(file, text);
        var read = composed.root().map(root -> EnvironmentReader.read(root, text));
        var problems = new ArrayList<Problem>(composed.problems());
        read.ifPresent(one -> problems.addAll(one.problems()));
        problems.sort(Comparator.comparing(Problem::at));
        return new EnvironmentReader.Read(
                composed.problems().isEmpty() ? read.flatMap(EnvironmentReader.Read::file) : Optional.empty(),
                problems);
    }
}
