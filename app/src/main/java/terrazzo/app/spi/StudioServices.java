package terrazzo.app.spi;

import java.nio.file.Path;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Texts;
import terrazzo.app.notice.Notices;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.task.TaskService;

/// What every workspace works with.
///
/// @param texts words of the current language
/// @param tasks runs long work
/// @param settings keeps records between runs
/// @param dialogs asks for files
/// @param notices tells the user
/// @param bridge from other threads to the UI thread
/// @param scratch folder for files that can be made again at any time
public record StudioServices(
        Texts texts,
        TaskService tasks,
        SettingsStore settings,
        FileDialogs dialogs,
        Notices notices,
        FxBridge bridge,
        Path scratch) {}
