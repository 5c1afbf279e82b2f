package io.lockkeeper.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.lockkeeper.architecture.House.ADAPTER;
import static io.lockkeeper.architecture.House.APP;
import static io.lockkeeper.architecture.House.CLI;
import static io.lockkeeper.architecture.House.DEMO;
import static io.lockkeeper.architecture.House.DOMAIN;
import static io.lockkeeper.architecture.House.MAIN;
import static io.lockkeeper.architecture.House.PORT;
import static io.lockkeeper.architecture.House.ROOT;
import static io.lockkeeper.architecture.House.UI;
import static io.lockkeeper.architecture.House.holds;

import org.junit.jupiter.api.Test;

/// Who may know whom.
class WallsTest {
    @Test
    void domainKnowsNothingButItself() {
        holds(classes().that().resideInAPackage(DOMAIN).should().onlyDependOnClassesThat().resideInAnyPackage(DOMAIN,
                "java.lang..", "java.util..", "java.time..", "java.math..", "java.text..", "java.nio.charset..",
                "java.security..",
                "org.jspecify.."));
    }

    @Test
    void portsSpeakTheDomainsWords() {
        mayKnow(PORT, PORT, DOMAIN);
    }

    @Test
    void theApplicationReachesTheOutsideOnlyThroughPorts() {
        mayKnow(APP, APP, PORT, DOMAIN);
    }

    @Test
    void anAdapterKnowsPortsAndDomain() {
        mayKnow(ADAPTER, ADAPTER, PORT, DOMAIN);
    }

    @Test
    void noAdapterKnowsAnother() {
        holds(slices().matching(ROOT + ".adapter.(*)..").should().notDependOnEachOther());
    }

    @Test
    void theWindowKnowsTheApplicationAndNoAdapterAndNoPort() {
        mayKnow(UI, UI, APP, DOMAIN);
    }

    @Test
    void theTerminalKnowsTheApplicationAndNoAdapterAndNoPort() {
        mayKnow(CLI, CLI, APP, DOMAIN);
    }

    @Test
    void theDemoKnowsNothingOfOurs() {
        mayKnow(DEMO, DEMO);
    }

    @Test
    void everyClassLivesInARoomOfTheHouse() {
        holds(classes().should().resideInAnyPackage(MAIN, DOMAIN, PORT, APP, ADAPTER, DEMO, CLI, UI));
    }

    @Test
    void javaFxIsKnownOnlyToTheWindowAndToMain() {
        holds(noClasses().that().resideOutsideOfPackages(UI, MAIN).should().dependOnClassesThat().resideInAnyPackage("javafx..",
                "atlantafx..", "org.controlsfx..", "org.kordamp.."));
    }

    @Test
    void theScreensAreFreeOfCycles() {
        holds(slices().matching(ROOT + ".ui.(*)..").should().beFreeOfCycles());
    }

    @Test
    void theDomainIsFreeOfCycles() {
        holds(slices().matching(ROOT + ".domain.(*)..").should().beFreeOfCycles());
    }

    private static void mayKnow(String room, String... known) {
        holds(noClasses().that().resideInAPackage(room).should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(known)))));
    }
}
