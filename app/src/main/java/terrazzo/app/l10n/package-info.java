/// The words of the studio in English and 简体中文, switched while it runs: [terrazzo.app.l10n.Texts] for keys, and
/// [terrazzo.app.l10n.UserWords] for failures.
@NullMarked
package terrazzo.app.l10n;

import org.jspecify.annotations.NullMarked;
