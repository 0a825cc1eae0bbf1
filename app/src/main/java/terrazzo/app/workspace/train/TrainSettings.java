package terrazzo.app.workspace.train;

/// What the workspace keeps between runs.
///
/// @param root folder of the work dirs, empty for `work_dirs` where the studio was started
/// @param config chosen last, may be empty
record TrainSettings(String root, String config) {

    static final String TOPIC = "train";
    static final TrainSettings DEFAULT = new TrainSettings("", "");
}
