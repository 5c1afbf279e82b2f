package io.lockkeeper.main;

/// Entry point of every way to start Lockkeeper.
public final class Lockkeeper {
    private Lockkeeper() {}

    public static void main(String[] args) {}
}
