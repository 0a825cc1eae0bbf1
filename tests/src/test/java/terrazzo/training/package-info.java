/// Trainings from end to end: resuming, kills, mistakes in the data, precisions.
@NullMarked
package terrazzo.training;

import org.jspecify.annotations.NullMarked;
