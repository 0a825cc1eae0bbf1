package terrazzo.train.schedule;

import terrazzo.config.ConfigNode;

/// How a value goes from one to another.
enum Anneal {
    COSINE,
    LINEAR;

    /// Reads `anneal_strategy`.
    static Anneal read(ConfigNode c) {
        String name = c.string("anneal_strategy", "cos");
        return switch (name) {
            case "cos" -> COSINE;
            case "linear" -> LINEAR;
            default -> throw c.error("anneal_strategy", "'cos' or 'linear'", "'" + name + "'", "");
        };
    }

    /// @param share how far it has gone, 0 to 1
    double between(double start, double end, double share) {
        return switch (this) {
            case COSINE -> end + (start - end) / 2.0 * (Math.cos(Math.PI * share) + 1);
            case LINEAR -> (end - start) * share + start;
        };
    }
}
