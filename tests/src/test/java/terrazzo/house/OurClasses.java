package terrazzo.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.util.stream.Stream;
import terrazzo.app.Studio;
import terrazzo.core.Size;

/// The compiled classes that are shipped.
final class OurClasses {

    private OurClasses() {}

    static JavaClasses all() {
        return new ClassFileImporter()
                .importUrls(Stream.of(Size.class, Studio.class)
                        .map(OurClasses::home)
                        .toList());
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
