package terrazzo.train.logs;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the names of log files and their folders say: mmengine writes
/// `WORK_DIR/20240806_183252/vis_data/scalars.json`, mmcv `WORK_DIR/20200806_183252.log.json` and
/// `WORK_DIR/tf_logs/events.out.tfevents.…`.
final class SessionStamp {

    private static final Pattern STAMP = Pattern.compile("(\\d{8}_\\d{6})");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
    private static final int LEVELS = 3;

    private SessionStamp() {}

    static boolean isLog(Path file) {
        String name = name(file);
        return name.equals("scalars.json")
                || name.endsWith(".log.json")
                || name.matches("\\d{8}_\\d{6}\\.json")
                || isEvents(file);
    }

    static boolean isEvents(Path file) {
        return name(file).contains("tfevents");
    }

    static boolean isStamp(Path folder) {
        return STAMP.matcher(name(folder)).matches();
    }

    /// The folder of the session that a log belongs to; the work dir where sessions have no folders.
    static Path sessionFolder(Path log) {
        Path parent = Objects.requireNonNull(log.toAbsolutePath().getParent());
        boolean isInner = name(parent).equals("vis_data") || name(parent).equals("tf_logs");
        Path above = parent.getParent();
        return isInner && above != null ? above : parent;
    }

    static Path workDir(Path log) {
        Path session = sessionFolder(log);
        Path above = session.getParent();
        return isStamp(session) && above != null ? above : session;
    }

    /// What tells the sessions of a work dir apart, and sorts them by time. The event files of a folder
    /// without stamps are sessions by their own names, which begin with the time.
    static String session(Path log) {
        Path folder = sessionFolder(log);
        Matcher matcher = STAMP.matcher(isStamp(folder) ? name(folder) : name(log));
        return matcher.find() ? matcher.group(1) : name(log);
    }

    /// Of two logs of one session: JSON before event files, `scalars.json` before its twin named by time.
    static Path preferred(Path a, Path b) {
        return rank(a) <= rank(b) ? a : b;
    }

    /// When the session of a log started, in seconds since 1970, by the clock of this machine's zone; NaN
    /// when no name tells.
    static double startSeconds(Path log) {
        Path at = log.toAbsolutePath();
        for (int level = 0; level < LEVELS && at != null && at.getFileName() != null; level++) {
            Matcher matcher = STAMP.matcher(name(at));
            if (matcher.find()) {
                try {
                    return LocalDateTime.parse(matcher.group(1), FORMAT)
                            .atZone(ZoneId.systemDefault())
                            .toEpochSecond();
                } catch (DateTimeParseException _) {
                    return Double.NaN; // digits that are no time
                }
            }
            at = at.getParent();
        }
        return Double.NaN;
    }

    private static int rank(Path log) {
        return isEvents(log) ? 2 : name(log).equals("scalars.json") ? 0 : 1;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
