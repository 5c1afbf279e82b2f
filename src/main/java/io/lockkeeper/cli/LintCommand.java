package io.lockkeeper.cli;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.runbook.Lint;
import io.lockkeeper.domain.runbook.Runbook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "lint", mixinStandardHelpOptions = true, description = "Says everything that is wrong with runbook files, at file:line:column.")
final class LintCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "FILE")
    List<Path> files = List.of();

    @Option(names = "--env", paramLabel = "ENV", description = "check names and capabilities against this environment too")
    String environment = "";

    @Option(names = "--schema", description = "print the JSON schema of runbooks, for completion in editors")
    boolean schema;

    private final Desk desk;
    private final Terminal terminal;

    LintCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        if (schema) {
            terminal.out().print(desk.runbookSchema());
            return Exit.GOOD;
        }
        if (files.isEmpty()) {
            throw new Desk.Unusable("say which files: lockkeeper lint FILE...");
        }
        Optional<Environment> target = environment.isEmpty() ? Optional.empty() : Optional.of(desk.environment(environment));
        var read = files.stream().map(desk::runbook).toList();
        var library = new ArrayList<>(desk.library().runbooks());
        read.forEach(one -> one.runbook().ifPresent(runbook -> {
            library.removeIf(known -> known.id().equals(runbook.id()));
            library.add(runbook);
        }));
        boolean bad = false;
        for (int i = 0; i < read.size(); i++) {
            var problems = new ArrayList<>(read.get(i).problems());
            read.get(i).runbook().ifPresent(runbook -> problems.addAll(Lint.of(runbook, List.<Runbook>copyOf(library), target)));
            problems.stream().distinct().forEach(problem -> terminal.say(problem.toString()));
            boolean errors = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
            bad |= errors;
            if (!errors) {
                terminal.say(files.get(i) + ": nothing against it");
            }
        }
        return bad ? Exit.USAGE : Exit.GOOD;
    }
}
