package io.lockkeeper.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.lockkeeper.Promise;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What `docs/safety.md` calls held is held by a test.
class PromisesTest {
    private static final int COUNT = 10;
    private static SafetyPage page = new SafetyPage(List.of());
    private static Map<Integer, Set<String>> holders = Map.of();

    @BeforeAll
    static void readPageAndTests() throws IOException {
        page = SafetyPage.read();
        holders = holders();
    }

    @Test
    void thePageListsTheTenPromisesInOrder() {
        assertThat(page.promises()).extracting(SafetyPage.Entry::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, COUNT).boxed().toList());
    }

    @Test
    void everyPromiseSaysWhetherItHoldsAndWhatItDoesNotCover() {
        assertThat(page.promises()).allSatisfy(promise -> {
            assertThat(promise.holds()).as("holds of promise %s", promise.number()).isIn("yes", "partly", "not yet");
            assertThat(promise.points()).as("promise %s", promise.number()).containsKeys("not covered", "tests");
        });
    }

    @Test
    void aPromiseCalledHeldHasATestThatHoldsIt() {
        assertThat(page.promises()).filteredOn(SafetyPage.Entry::isClaimed).allSatisfy(promise -> {
            assertThat(holders.getOrDefault(promise.number(), Set.of())).as("tests with @Promise(%s)", promise.number())
                    .isNotEmpty();
            assertThat(promise.tests()).as("tests named by promise %s", promise.number()).isNotEmpty();
        });
    }

    @Test
    void everyTestNamedOnThePageExistsAndCarriesThePromise() {
        assertThat(page.promises()).allSatisfy(promise -> assertThat(holders.getOrDefault(promise.number(), Set.of()))
                .as("test classes with @Promise(%s)", promise.number()).containsAll(promise.tests()));
    }

    @Test
    void noTestCarriesAPromiseThatDoesNotExist() {
        assertThat(holders.keySet()).allSatisfy(number -> assertThat(number).isBetween(1, COUNT));
    }

    /// Simple names of the test classes by the promise they carry, on the class or on one of its tests.
    private static Map<Integer, Set<String>> holders() {
        var tests = new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(House.ROOT);
        var found = new TreeMap<Integer, Set<String>>();
        for (var type : tests) {
            promises(type).forEach(number -> found.computeIfAbsent(number, _ -> new TreeSet<>()).add(outermost(type)));
        }
        return found;
    }

    private static IntStream promises(JavaClass type) {
        var onClass = type.isAnnotatedWith(Promise.class) && type.getMethods().stream().anyMatch(PromisesTest::isTest)
                ? Stream.of(type.getAnnotationOfType(Promise.class))
                : Stream.<Promise>empty();
        var onMethods = type.getMethods().stream().filter(method -> method.isAnnotatedWith(Promise.class) && isTest(method))
                .map(method -> method.getAnnotationOfType(Promise.class));
        return Stream.concat(onClass, onMethods).flatMapToInt(promise -> Arrays.stream(promise.value()));
    }

    /// Test, ParameterizedTest, TestFactory, RepeatedTest; one that is switched off holds nothing.
    private static boolean isTest(JavaMethod method) {
        var names = method.getAnnotations().stream().map(JavaAnnotation::getRawType).map(JavaClass::getName).toList();
        return names.stream().anyMatch(name -> name.startsWith("org.junit.jupiter.") && name.contains("Test"))
                && names.stream().noneMatch(name -> name.equals("org.junit.jupiter.api.Disabled"));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(PromisesTest::outermost).orElse(type.getSimpleName());
    }
}
