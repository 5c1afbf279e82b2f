package io.lockkeeper.cli;

import picocli.CommandLine.Option;

/// `--env`, the same everywhere.
final class EnvironmentOption {
    @Option(names = "--env", required = true, paramLabel = "ENV", description = "`demo`, the name of an environment file at hand, or its path")
    String environment = "";
}
