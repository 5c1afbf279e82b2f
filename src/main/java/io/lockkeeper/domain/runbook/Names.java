package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.List;
import java.util.Optional;

/// Names that must exist in an environment. An environment without nodes or versions is one that is not known: every name fits.
final class Names {
    private Names() {}

    static Optional<String> node(Marked.Scalar scalar, Environment environment, List<Problem> problems) {
        var known = environment.nodeNames();
        if (known.isEmpty() || known.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        problems.add(Problem.error(scalar.at(), "environment " + environment.name() + " has no node \"" + scalar.text() + "\"",
                Nearest.suggestion(scalar.text(), known)));
        return Optional.empty();
    }

    static List<String> nodes(Marked.Scalar scalar, Environment environment, List<Problem> problems) {
        if (scalar.text().equals("all")) {
            return environment.nodes().isEmpty() ? List.of("node") : environment.nodeNames();
        }
        return InputValues.split(scalar.text()).stream()
                .flatMap(name -> node(new Marked.Scalar(name, true, scalar.at()), environment, problems).stream()).toList();
    }

    static Optional<String> version(Marked.Scalar scalar, Environment environment, List<Problem> problems) {
        var known = environment.versions();
        if (known.isEmpty() || known.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        problems.add(
                Problem.error(scalar.at(), "environment " + environment.name() + " knows no version \"" + scalar.text() + "\"",
                        Nearest.suggestion(scalar.text(), known)));
        return Optional.empty();
    }
}
