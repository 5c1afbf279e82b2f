package io.lockkeeper.domain.runbook;

/// The kinds of step the language has now. Exactly one of these keys stands in each step; its value is the title.
public enum StepKind {
    CHECKLIST("checklist"), ACTION("action"), GATE("gate"), SOAK("soak"), DECISION("decision"), APPROVAL(
            "approval"), POINT_OF_NO_RETURN(
                    "pointOfNoReturn"), NOTE("note"), FOR_EACH("forEach");

    private final String key;

    StepKind(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
