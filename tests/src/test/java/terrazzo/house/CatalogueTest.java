package terrazzo.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import terrazzo.checkpoint.convert.Converters;
import terrazzo.checkpoint.convert.KeyConverter;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.transforms.Pipeline;
import terrazzo.data.transforms.Transform;
import terrazzo.data.transforms.Transforms;
import terrazzo.metrics.Metric;
import terrazzo.metrics.Metrics;
import terrazzo.models.Backbone;
import terrazzo.models.DecodeHead;
import terrazzo.models.Loss;
import terrazzo.models.Neck;
import terrazzo.models.Parts;
import terrazzo.models.PixelSampler;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.train.optim.OptimWrapperConstructor;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.UpdateRule;
import terrazzo.train.schedule.ParamSchedulers;
import terrazzo.train.schedule.SchedulePolicy;

/// What is written and not listed in its catalogue can't be named in a config. A name may have no class of its own
/// (`ResNetV1c` is a way to make a `ResNet`), but a class has its name.
final class CatalogueTest {

    private static final Parts PARTS = StandardParts.parts();
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = OurClasses.all();
    }

    @Test
    void segmentors() {
        check(Segmentor.class, "terrazzo.models.segmentors", PARTS.segmentors().names());
    }

    @Test
    void backbones() {
        check(Backbone.class, "terrazzo.models.backbones", PARTS.backbones().names());
    }

    @Test
    void necks() {
        check(Neck.class, "terrazzo.models.necks", PARTS.necks().names());
    }

    @Test
    void heads() {
        check(DecodeHead.class, "terrazzo.models.heads", PARTS.heads().names());
    }

    @Test
    void losses() {
        check(Loss.class, "terrazzo.models.losses", PARTS.losses().names());
    }

    @Test
    void samplers() {
        check(PixelSampler.class, "terrazzo.models.losses", PARTS.samplers().names());
    }

    @Test
    void transforms() {
        Set<String> names = new TreeSet<>(Transforms.builtIn().names());
        names.add(Pipeline.class.getSimpleName()); // a list of steps, written as a list
        names.add("LegacyFormat"); // goes by the names that old configs hold, ImageToTensor and others
        check(Transform.class, "terrazzo.data.transforms", names);
    }

    @Test
    void datasets() {
        check(
                Dataset.class,
                "terrazzo.data.datasets",
                Datasets.builtIn(Transforms.builtIn()).names());
    }

    @Test
    void metrics() {
        check(Metric.class, "terrazzo.metrics", Metrics.builtIn().names());
    }

    @Test
    void optimizers() {
        check(UpdateRule.class, "terrazzo.train.optim", Optimizers.builtIn().names());
        check(
                OptimWrapperConstructor.class,
                "terrazzo.train.optim",
                OptimWrapperConstructors.builtIn().names());
    }

    @Test
    void schedules() {
        Set<String> names = ParamSchedulers.builtIn().rules().stream()
                .map(rule -> rule + "ParamScheduler")
                .collect(Collectors.toSet());
        check(SchedulePolicy.class, "terrazzo.train.schedule", names);
    }

    @Test
    void keyConverters() {
        Set<String> names = Converters.builtIn().all().stream()
                .map(c -> c.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        check(KeyConverter.class, "terrazzo.checkpoint.convert", names);
    }

    private static void check(Class<?> base, String room, Set<String> listed) {
        List<String> written = classes.stream()
                .filter(c -> c.getPackageName().equals(room) && c.isTopLevelClass() && c.isAssignableTo(base))
                .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();
        assertNotEquals(List.of(), written, "the room is empty; is its name still right?");
        Set<String> missing =
                written.stream().filter(name -> !listed.contains(name)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, "not listed in the catalogue of " + room);
    }
}
