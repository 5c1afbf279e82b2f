package io.lockkeeper.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/// The production classes, read once for all tests of this package.
final class House {
    static final String ROOT = "io.lockkeeper";
    static final String MAIN = ROOT + ".main..";
    static final String DOMAIN = ROOT + ".domain..";
    static final String PORT = ROOT + ".port..";
    static final String APP = ROOT + ".app..";
    static final String ADAPTER = ROOT + ".adapter..";
    static final String DEMO = ROOT + ".demo..";
    static final String CLI = ROOT + ".cli..";
    static final String UI = ROOT + ".ui..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private House() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    /// A rule about a package that nobody has built yet holds.
    static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
