/// Training on this machine with mmengine's meaning: {@link terrazzo.train.Training} puts together what a config asks
/// for and runs it. What learns is in `train.model`, the course of a run in `train.runner`, what happens beside it in
/// `train.hooks`, what moves weights in `train.optim` and `train.schedule`, and the logs in `train.logs`.
@NullMarked
package terrazzo.train;

import org.jspecify.annotations.NullMarked;
