package terrazzo.app.segment;

import java.util.List;
import terrazzo.core.image.Palette;

/// What an open model says of itself.
///
/// @param name as the user sees it
/// @param classes names by class index
/// @param palette colours by class index
/// @param device it runs on, which may not be the one asked for
/// @param precision it runs in
public record ModelCard(String name, List<String> classes, Palette palette, String device, String precision) {

    public ModelCard {
        classes = List.copyOf(classes);
    }
}
