package terrazzo.train.logs;

/// A log and what its run is called.
public record NamedRun(String name, RunLog log) {}
