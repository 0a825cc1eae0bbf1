package terrazzo.train;

import java.nio.file.Path;
import java.util.Optional;
import terrazzo.config.Config;
import terrazzo.train.model.TrainableModel.Precision;

/// What to train, and where.
///
/// @param config the whole config
/// @param workDir folder of checkpoints and logs; made when it is missing
/// @param resume whether and from what to go on
/// @param precision how to compute; empty for what the config says
/// @param device `cpu`, `cuda:N` or `auto`
public record TrainRequest(Config config, Path workDir, Resume resume, Optional<Precision> precision, String device) {

    /// Where a run begins.
    ///
    /// @param wanted whether to go on at all
    /// @param file a checkpoint; empty for the last one of the work dir, or the beginning when there is none
    public record Resume(boolean wanted, Optional<Path> file) {

        /// At the beginning, unless the config says `resume`.
        public static final Resume NO = new Resume(false, Optional.empty());
    }
}
