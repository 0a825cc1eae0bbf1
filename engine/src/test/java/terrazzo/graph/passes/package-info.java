/// Tests of the passes over graphs.
@NullMarked
package terrazzo.graph.passes;

import org.jspecify.annotations.NullMarked;
