/// The workspace that trains: [terrazzo.app.workspace.train.TrainView] shows what
/// [terrazzo.app.workspace.train.TrainViewModel] holds. A training is a process of its own
/// ([terrazzo.app.workspace.train.RunProcess]); the two meet in the files of its work dir alone
/// ([terrazzo.app.workspace.train.RunDir]), so that the end of one doesn't touch the other.
@NullMarked
package terrazzo.app.workspace.train;

import org.jspecify.annotations.NullMarked;
