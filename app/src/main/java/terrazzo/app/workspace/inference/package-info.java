/// The workspace that runs a model on images, folders, videos and cameras.
/// [terrazzo.app.workspace.inference.InferenceView]
/// shows what [terrazzo.app.workspace.inference.InferenceViewModel] holds; colours and classes are in
/// [terrazzo.app.workspace.inference.ClassesModel], moving pictures in [terrazzo.app.workspace.inference.VideoPlayer].
@NullMarked
package terrazzo.app.workspace.inference;

import org.jspecify.annotations.NullMarked;
