package terrazzo.app.workspace.train;

/// A run in the list.
///
/// @param run its folder
/// @param status as it was when the list was read
record RunRow(RunDir run, RunStatus status) {}
