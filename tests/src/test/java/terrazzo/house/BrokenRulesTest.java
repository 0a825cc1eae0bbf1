package terrazzo.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules can fail: each finds what the package `broken` does wrong.
final class BrokenRulesTest {

    private static JavaClasses broken;

    @BeforeAll
    static void read() {
        broken = new ClassFileImporter().importPackages("terrazzo.house.broken");
    }

    @Test
    void findsStaticState() {
        assertFinds(ArchitectureTest.STATIC_FIELDS_ARE_FINAL, "calls");
        assertFinds(ArchitectureTest.STATIC_FIELDS_HOLD_NOTHING_MUTABLE, "COUNT");
    }

    @Test
    void findsInstances() {
        assertFinds(ArchitectureTest.NOBODY_HAS_INSTANCES, "getInstance");
    }

    @Test
    void findsPrintingAndExiting() {
        assertFinds(ArchitectureTest.ONLY_THE_COMMAND_LINE_TALKS, "System.out");
        assertFinds(ArchitectureTest.ONLY_THE_COMMAND_LINE_TALKS, "System.exit");
    }

    @Test
    void findsThreads() {
        assertFinds(ArchitectureTest.THREADS_COME_FROM_EXECUTORS, "Thread.<init>");
    }

    @Test
    void findsTheDefaultCharset() {
        assertFinds(ArchitectureTest.CHARSETS_ARE_NAMED, "defaultCharset");
    }

    @Test
    void findsNodesInViewModels() {
        assertFinds(ArchitectureTest.VIEW_MODELS_ARE_FREE_OF_THE_SCENE_GRAPH, "javafx.scene.Node");
    }

    private static void assertFinds(ArchRule rule, String what) {
        String report = rule.evaluate(broken).getFailureReport().toString();
        assertTrue(report.contains(what), () -> "expected a complaint about " + what + ", got: " + report);
    }
}
