package io.lockkeeper.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.lockkeeper.architecture.House.ADAPTER;
import static io.lockkeeper.architecture.House.CLI;
import static io.lockkeeper.architecture.House.DEMO;
import static io.lockkeeper.architecture.House.DOMAIN;
import static io.lockkeeper.architecture.House.MAIN;
import static io.lockkeeper.architecture.House.classes;
import static io.lockkeeper.architecture.House.holds;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Rules that hold in every room.
class HouseRulesTest {
    private static final String ENGINE = "io.lockkeeper.app.Engine";

    @Test
    void theClockIsReadOnlyBehindTheTimePort() {
        var outside = noClasses().that().resideOutsideOfPackages(MAIN, DEMO);
        holds(outside
                .should().callMethod(System.class, "currentTimeMillis").orShould().callMethodWhere(target(nameMatching("now"))
                        .and(target(owner(assignableTo(Instant.class).or(assignableTo(LocalDateTime.class))
                                .or(assignableTo(LocalDate.class))
                                .or(assignableTo(OffsetDateTime.class)).or(assignableTo(ZonedDateTime.class))))))
                .orShould().callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*")))));
    }

    @Test
    void theDomainNeverReadsAnyClock() {
        holds(noClasses().that().resideInAPackage(DOMAIN).should().callMethod(System.class, "nanoTime"));
    }

    @Test
    void threadsAreMadeOnlyInMainAndInAdapters() {
        holds(noClasses().that().resideOutsideOfPackages(MAIN, ADAPTER, DEMO).should().callConstructorWhere(
                target(owner(assignableTo(Thread.class)))).orShould().callMethod(Thread.class, "ofPlatform").orShould()
                .dependOnClassesThat().belongToAnyOf(Executors.class));
    }

    @Test
    void theDomainIsFreeOfThreadsAndLocks() {
        holds(noClasses().that().resideInAPackage(DOMAIN).should().dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .orShould().dependOnClassesThat().belongToAnyOf(Thread.class));
        holds(noMethods().that().areDeclaredInClassesThat().resideInAPackage(DOMAIN).should()
                .haveModifier(JavaModifier.SYNCHRONIZED));
    }

    @Test
    void theEngineHoldsNoThreadFutureOrLock() {
        holds(noClasses().that().haveNameMatching(ENGINE + "(\\$.*)?").should().dependOnClassesThat().resideInAPackage(
                "java.util.concurrent..").orShould().dependOnClassesThat().belongToAnyOf(Thread.class));
        holds(noMethods().that().areDeclaredInClassesThat().haveNameMatching(ENGINE + "(\\$.*)?").should()
                .haveModifier(JavaModifier.SYNCHRONIZED));
    }

    @Test
    void onlyTheTerminalMainAndTheDemoWriteToTheStandardStreams() {
        holds(noClasses().that().resideOutsideOfPackages(CLI, MAIN, DEMO)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void noAwtNoFxmlNoWebView() {
        holds(noClasses().should().dependOnClassesThat().resideInAnyPackage("java.awt..", "javax.swing..", "javafx.fxml..",
                "javafx.scene.web..", "javafx.embed.."));
    }

    @Test
    void aViewModelHasNoNodesAndNoWindows() {
        holds(noClasses().that().haveSimpleNameEndingWith("ViewModel").should().dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage.."));
    }

    @Test
    void theOneDoorToTheFxThreadIsInMain() {
        holds(noClasses().that().resideOutsideOfPackage(MAIN).should().callMethod(Platform.class, "runLater", Runnable.class));
        holds(noClasses().that().resideOutsideOfPackage(MAIN).should().callMethod(Platform.class, "runAndWait", Runnable.class));
    }

    @Test
    void noFieldIsOpenToChangeFromOutside() {
        holds(fields().that().arePublic().should().beFinal());
    }

    @Test
    void namesSayWhatAThingIs() {
        holds(noClasses().should().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Helper").orShould()
                .haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils").orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould().haveNameMatching(".*\\.(Abstract[A-Z]|Base[A-Z]|I[A-Z][a-z])\\w*"));
    }

    @Test
    void everyPackageIsNullMarked() {
        var packages = classes().stream().filter(type -> !type.getSimpleName().equals("package-info"))
                .map(type -> type.getPackage()).distinct();
        assertThat(packages.filter(room -> !room.isAnnotatedWith(NullMarked.class)).map(room -> room.getName()))
                .as("packages without a package-info.java that says @NullMarked").isEmpty();
    }

    @Test
    void noFileIsLongerThanSomebodyReadsAtOnce() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))).isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400));
        }
    }
}
