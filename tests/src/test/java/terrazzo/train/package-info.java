/// Trainings from end to end: resuming, kills, mistakes in the data.
@NullMarked
package terrazzo.train;

import org.jspecify.annotations.NullMarked;
