package terrazzo.app.workspace.inference;

/// What the workspace keeps between runs.
///
/// @param opacity of the overlay, 0 to 1
/// @param outlines whether borders are drawn
/// @param isLive whether the model runs by itself
/// @param hasInspector whether the right panel is open
/// @param config of the model opened last, may be empty
/// @param checkpoint of the model opened last, may be empty
/// @param device models run on, empty for the default
/// @param precision models run in, empty for the default
record InferenceSettings(
        double opacity,
        boolean outlines,
        boolean isLive,
        boolean hasInspector,
        String config,
        String checkpoint,
        String device,
        String precision) {

    static final String TOPIC = "inference";
    static final InferenceSettings DEFAULT = new InferenceSettings(0.5, false, true, true, "", "", "", "");
}
