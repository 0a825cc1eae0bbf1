/// Street scenes drawn by arithmetic, with a label for every pixel: unlimited data for demo, tests and training that
/// belongs to nobody. A {@link terrazzo.data.scenes.Street} is a small world made from a seed; a
/// {@link terrazzo.data.scenes.Camera} looks along it; painters draw the view back to front and write colour and label
/// together, so labels are exact. Start with {@link terrazzo.data.scenes.SceneGenerator}. Only arithmetic that Java
/// defines to the last bit is used: a seed gives the same bytes on every machine.
@NullMarked
package terrazzo.data.scenes;

import org.jspecify.annotations.NullMarked;
