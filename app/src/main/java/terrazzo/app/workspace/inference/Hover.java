package terrazzo.app.workspace.inference;

import java.util.Optional;

/// What lies below the pointer.
///
/// @param x image column
/// @param y image row
/// @param row its class; empty without a result, or when the pixel is unlabelled
/// @param confidence probability of the class, NaN when not known
record Hover(int x, int y, Optional<ClassRow> row, double confidence) {}
