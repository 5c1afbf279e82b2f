package io.lockkeeper.domain.run;

/// How a run ended.
public enum Ending {
    /// Every step succeeded.
    SUCCEEDED("succeeded"),
    /// It reached its end, but something was skipped.
    INCOMPLETE("ended incomplete"),
    /// The way back was walked to its end.
    ROLLED_BACK("rolled back"),
    /// It was past its point of no return, and what stands in for the way back there was walked to its end.
    ROLLED_FORWARD("rolled forward"),
    /// A person ended it; everything was left as it was.
    ABORTED("aborted");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
