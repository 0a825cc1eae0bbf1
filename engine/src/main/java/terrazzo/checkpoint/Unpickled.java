package terrazzo.checkpoint;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a pickle held.
///
/// @param root the outermost value
/// @param inert qualified names of what was called and not carried out
record Unpickled(PickleValue root, SortedSet<String> inert) {

    Unpickled(PickleValue root, Set<String> inert) {
        this(root, new TreeSet<>(inert));
    }
}
