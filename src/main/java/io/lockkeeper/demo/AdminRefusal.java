package io.lockkeeper.demo;

/// An admin request that is answered with an error: the status and a sentence.
final class AdminRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    AdminRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
