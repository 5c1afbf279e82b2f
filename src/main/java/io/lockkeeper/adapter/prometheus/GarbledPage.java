package io.lockkeeper.adapter.prometheus;

/// A page that cannot be used. The message completes "the page ...", with the line where that helps, and quotes nothing of it.
final class GarbledPage extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    GarbledPage(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
