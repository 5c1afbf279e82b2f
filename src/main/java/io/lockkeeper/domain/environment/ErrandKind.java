package io.lockkeeper.domain.environment;

/// What an errand is: a program that is run, or a request over HTTP.
public enum ErrandKind {
    COMMAND("command", "command", "commands", "Run"), HTTP("http", "call", "calls", "Call");

    private final String verb;
    private final String key;
    private final String section;
    private final String button;

    ErrandKind(String verb, String key, String section, String button) {
        this.verb = verb;
        this.key = key;
        this.section = section;
        this.button = button;
    }

    /// As after `do:`, and in op ids.
    public String verb() {
        return verb;
    }

    /// The key of a step under which its name stands.
    public String key() {
        return key;
    }

    /// The part of an environment file that says what it is.
    public String section() {
        return section;
    }

    /// The verb on the button and on the confirmation sheet ("Run flush-cache").
    public String button() {
        return button;
    }
}
