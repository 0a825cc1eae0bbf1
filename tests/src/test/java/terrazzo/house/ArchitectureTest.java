package terrazzo.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.awt.Point;
import java.awt.Rectangle;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import terrazzo.app.StudioCommand;

/// The rules of ARCHITECTURE.md that the compiler can't keep.
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // reading the classes takes seconds
final class ArchitectureTest {

    /// The engine's packages, each line after those it may use. Packages of one line are siblings.
    private static final List<List<String>> ENGINE = List.of(
            List.of("core"),
            List.of("config"),
            List.of("plugin"),
            List.of("checkpoint"),
            List.of("graph"),
            List.of("models"),
            List.of("data"),
            List.of("runtime"),
            List.of("metrics"),
            List.of("inference", "export"),
            List.of("train"),
            List.of("serve"),
            List.of("cli"));

    static final ArchRule VIEW_MODELS_ARE_FREE_OF_THE_SCENE_GRAPH = noClasses()
            .that()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
            .because("they are tested without a toolkit")
            .allowEmptyShould(true);

    static final ArchRule STATIC_FIELDS_ARE_FINAL = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("static state is shared by everyone and owned by no one");

    static final ArchRule STATIC_FIELDS_HOLD_NOTHING_MUTABLE = fields().that()
            .areStatic()
            .should()
            .notHaveRawType(AtomicBoolean.class)
            .andShould()
            .notHaveRawType(AtomicInteger.class)
            .andShould()
            .notHaveRawType(AtomicLong.class)
            .andShould()
            .notHaveRawType(AtomicReference.class)
            .andShould()
            .notHaveRawType(ThreadLocal.class)
            .andShould()
            .notHaveRawType(ArrayList.class)
            .because("a final reference to something mutable is static state all the same");

    static final ArchRule NOBODY_HAS_INSTANCES = methods()
            .that()
            .areStatic()
            .should()
            .notHaveName("getInstance")
            .because("what is needed comes through the constructor");

    static final ArchRule ONLY_THE_COMMAND_LINE_TALKS = noClasses()
            .that()
            .resideOutsideOfPackage("terrazzo.cli..")
            .should(ACCESS_STANDARD_STREAMS)
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .because("a library must not print, nor end its user's process");

    static final ArchRule THREADS_COME_FROM_EXECUTORS = noClasses()
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .because("an executor names its threads, bounds them and waits for their end");

    static final ArchRule CHARSETS_ARE_NAMED = noClasses()
            .should()
            .callMethod(String.class, "getBytes")
            .orShould()
            .callMethod(Charset.class, "defaultCharset")
            .orShould()
            .callConstructor(String.class, byte[].class)
            .orShould()
            .callConstructor(InputStreamReader.class, InputStream.class)
            .orShould()
            .callConstructor(OutputStreamWriter.class, OutputStream.class)
            .orShould()
            .callConstructor(FileReader.class, String.class)
            .orShould()
            .callConstructor(FileWriter.class, String.class)
            .orShould()
            .callConstructor(Scanner.class, InputStream.class)
            .orShould()
            .callConstructor(PrintStream.class, OutputStream.class)
            .because("a file means the same on every machine");

    private final JavaClasses all = OurClasses.all();
    private final JavaClasses engine = all.that(resideOutsideOfPackages("terrazzo.app..", "com.sun.glass.."));

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyThoseBefore() {
        return IntStream.range(0, ENGINE.size() - 1).mapToObj(i -> {
            List<String> later = ENGINE.subList(i + 1, ENGINE.size()).stream()
                    .flatMap(Collection::stream)
                    .toList();
            ArchRule rule = noClasses()
                    .that()
                    .resideInAnyPackage(within(ENGINE.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(within(later))
                    .because("who reads a package needs to know only what comes before it")
                    .allowEmptyShould(true);
            return dynamicTest(String.join(", ", ENGINE.get(i)), () -> rule.check(engine));
        });
    }

    @Test
    void everyPackageOfTheEngineHasAPlaceInTheOrder() {
        String[] known = Stream.concat(
                        Stream.of("ai.djl.pytorch.jni"),
                        Stream.of(within(
                                ENGINE.stream().flatMap(Collection::stream).toList())))
                .toArray(String[]::new);
        check(
                classes()
                        .should()
                        .resideInAnyPackage(known)
                        .because("a package without a place in the order escapes the rule above"),
                engine);
    }

    @Test
    void packagesHaveNoCycles() {
        check(
                slices().matching("terrazzo.(**)")
                        .should()
                        .beFreeOfCycles()
                        .because("packages that need each other are one package"),
                all);
    }

    @Test
    void theEngineKnowsNoWindow() {
        check(
                noClasses()
                        .that()
                        .haveNameNotMatching("terrazzo\\.train\\.figure\\.PngFigure.*") // draws into a raster
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                        "javafx..", "java.awt", "java.awt.event..", "javax.swing..", "terrazzo.app..")
                                .and(not(type(Point.class).or(type(Rectangle.class)))))
                        .because("servers and scripts have no window; of AWT only the rasters of java.awt.image are"
                                + " used, and places in them"),
                engine);
    }

    @Test
    void onlyTheRuntimeKnowsDjl() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("terrazzo.runtime..", "ai.djl.pytorch.jni..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("ai.djl..")
                        .because("the executor can then be replaced in one package"),
                all);
    }

    @Test
    void onlyOneClassLivesInTheJniPackage() {
        check(
                classes()
                        .that()
                        .resideInAPackage("ai.djl..")
                        .should()
                        .haveSimpleName("MethodCall")
                        .orShould()
                        .haveSimpleName("package-info")
                        .because("it exists to reach package-private calls, and more would be a fork"),
                engine);
    }

    @Test
    void onlyThePlatformWithoutADisplayKnowsInternalsOfJavaFx() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("com.sun.glass.ui.offscreen")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.sun.glass..", "com.sun.javafx..", "com.sun.prism..")
                        .as("classes should know of JavaFX's internals only the name of our platform")
                        .because("another version of JavaFX may change them"),
                all.that(not(type(StudioCommand.class))));
    }

    @Test
    void modelsAndGraphsAreArithmeticOnShapes() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("terrazzo.models..", "terrazzo.graph..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.nio.file..", "java.net..", "org.slf4j..", "org.bytedeco..")
                        .because("a model is described without files, logs and devices"),
                engine);
    }

    @Test
    void viewModelsAreFreeOfTheSceneGraph() {
        check(VIEW_MODELS_ARE_FREE_OF_THE_SCENE_GRAPH, all);
    }

    @Test
    void workspacesAreIndependent() {
        check(
                slices().matching("terrazzo.app.workspace.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .because("a workspace can be understood, and removed, alone")
                        .allowEmptyShould(true),
                all);
    }

    @Test
    void onlyTheStudioKnowsWorkspaces() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("terrazzo.app.workspace..")
                        .and()
                        .doNotHaveFullyQualifiedName("terrazzo.app.Studio")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("terrazzo.app.workspace..")
                        .because("what workspaces share must not need one of them"),
                all);
    }

    @Test
    void staticFieldsAreFinal() {
        check(STATIC_FIELDS_ARE_FINAL, all);
    }

    @Test
    void staticFieldsHoldNothingMutable() {
        check(STATIC_FIELDS_HOLD_NOTHING_MUTABLE, all);
    }

    @Test
    void nobodyHasInstances() {
        check(NOBODY_HAS_INSTANCES, all);
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminal() {
        check(ONLY_THE_COMMAND_LINE_TALKS, all);
    }

    @Test
    void threadsComeFromExecutors() {
        check(THREADS_COME_FROM_EXECUTORS, all);
    }

    @Test
    void charsetsAreNamed() {
        check(CHARSETS_ARE_NAMED, all);
    }

    @Test
    void theEnginesExceptionsLiveTogether() {
        check(
                classes()
                        .that()
                        .areAssignableTo(Throwable.class)
                        .should()
                        .resideInAPackage("terrazzo.core.error")
                        .because("the command line and the studio word every kind of failure, and find them in one"
                                + " place"),
                engine);
    }

    private static void check(ArchRule rule, JavaClasses classes) {
        rule.check(classes);
    }

    private static String[] within(List<String> packages) {
        return packages.stream().map(p -> "terrazzo." + p + "..").toArray(String[]::new);
    }
}
