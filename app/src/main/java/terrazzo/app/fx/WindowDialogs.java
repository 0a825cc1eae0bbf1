package terrazzo.app.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The dialogs of the desktop, starting where the last one ended.
public final class WindowDialogs implements FileDialogs {

    private final Supplier<? extends @Nullable Window> owner;
    private @Nullable File last;

    public WindowDialogs(Supplier<? extends @Nullable Window> owner) {
        this.owner = owner;
    }

    @Override
    public List<Path> open(String title, List<Kind> kinds) {
        FileChooser chooser = chooser(title);
        for (Kind kind : kinds) {
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.name(), kind.patterns()));
        }
        List<File> files = chooser.showOpenMultipleDialog(owner.get());
        if (files == null) {
            return List.of();
        }
        files.stream().findFirst().ifPresent(f -> last = f.getParentFile());
        return files.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> folder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(existing());
        File folder = chooser.showDialog(owner.get());
        if (folder != null) {
            last = folder;
        }
        return Optional.ofNullable(folder).map(File::toPath);
    }

    @Override
    public Optional<Path> save(String title, String suggestedName, Kind kind) {
        FileChooser chooser = chooser(title);
        chooser.setInitialFileName(suggestedName);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.name(), kind.patterns()));
        File file = chooser.showSaveDialog(owner.get());
        if (file != null) {
            last = file.getParentFile();
        }
        return Optional.ofNullable(file).map(File::toPath);
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(existing());
        return chooser;
    }

    private @Nullable File existing() {
        File folder = last;
        return folder != null && folder.isDirectory() ? folder : null;
    }
}
