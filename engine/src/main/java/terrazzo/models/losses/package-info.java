/// What training minimises, and the samplers that choose the pixels it looks at.
@NullMarked
package terrazzo.models.losses;

import org.jspecify.annotations.NullMarked;
