package terrazzo.app.workspace.inference;

import java.util.List;
import terrazzo.app.edit.ClassEdit.Look;

/// What is open in the workspace and how it is shown, for the session journal. Paths are absolute; an empty one means
/// none.
///
/// @param open images, folder or video
/// @param model what runs on them
/// @param overlay how the result is shown
/// @param view which part is seen
record InferenceSession(Open open, Model model, OverlayLook overlay, View view) {

    /// @param files images, unless a folder or video is open
    /// @param folder whose images are shown
    /// @param position which image
    /// @param video that is open
    /// @param frame which of its frames
    record Open(List<String> files, String folder, int position, String video, long frame) {

        Open {
            files = List.copyOf(files);
        }

        boolean isEmpty() {
            return files.isEmpty() && folder.isEmpty() && video.isEmpty();
        }
    }

    /// @param config may be empty
    /// @param checkpoint may be empty; both are for the model that comes with the program
    /// @param device it runs on
    /// @param precision it runs in
    record Model(String config, String checkpoint, String device, String precision) {}

    /// @param opacity 0 to 1
    /// @param minConfidence 0 to 1
    /// @param hasOutlines whether borders are drawn
    /// @param isShown whether the overlay is shown at all
    /// @param isLive whether the model runs by itself
    /// @param classes names, colours and visibility by class
    record OverlayLook(
            double opacity,
            double minConfidence,
            boolean hasOutlines,
            boolean isShown,
            boolean isLive,
            List<Look> classes) {

        OverlayLook {
            classes = List.copyOf(classes);
        }
    }

    /// @param isFitted whether all of the image is shown; the rest counts only if not
    /// @param zoom screen pixels per image pixel
    /// @param x image column in the middle of the window
    /// @param y image row in the middle of the window
    record View(boolean isFitted, double zoom, double x, double y) {}
}
