/// What a traced model is: a {@link terrazzo.graph.ir.Graph} of {@link terrazzo.graph.ir.Node}s, each an
/// {@link terrazzo.graph.ir.Op} with the {@link terrazzo.graph.ir.Value}s that it takes and makes. Ops are records in
/// sealed families, one file per family; a record holds the attributes and its own shape rule, the node the operands,
/// so
/// that passes replace operands without knowing the op. Adding an op: a record in its family, then follow the compiler.
@NullMarked
package terrazzo.graph.ir;

import org.jspecify.annotations.NullMarked;
