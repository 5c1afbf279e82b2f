package io.lockkeeper.ui.drive;

/// @param why empty when it was done
record Answer(boolean done, String why) {
    static Answer yes() {
        return new Answer(true, "");
    }

    static Answer no(String why) {
        return new Answer(false, why);
    }
}
