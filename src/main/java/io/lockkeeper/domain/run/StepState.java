package io.lockkeeper.domain.run;

/// States of a step; each is exactly one of open, good, bad.
public enum StepState {
    NOT_STARTED(Group.OPEN, "not started"), BLOCKED(Group.OPEN, "blocked"), AWAITING_PERSON(Group.OPEN, "waits for you"), RUNNING(
            Group.OPEN, "running"), VERIFYING(Group.OPEN, "verifying"), SOAKING(Group.OPEN, "soaking"), OUTCOME_UNKNOWN(
                    Group.OPEN, "outcome unknown"), SUCCEEDED(Group.GOOD, "succeeded"), FAILED(Group.BAD, "failed"), SKIPPED(
                            Group.BAD, "skipped"), ABORTED(Group.BAD, "aborted"), TIMED_OUT(Group.BAD, "timed out");

    public enum Group {
        OPEN, GOOD, BAD
    }

    private final Group group;
    private final String words;

    StepState(Group group, String words) {
        this.group = group;
        this.words = words;
    }

    public Group group() {
        return group;
    }

    public String words() {
        return words;
    }

    public boolean open() {
        return group == Group.OPEN;
    }
}
