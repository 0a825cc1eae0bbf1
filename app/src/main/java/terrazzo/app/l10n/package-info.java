/// The words of the studio in English and 简体中文, switched while it runs: [terrazzo.app.l10n.Texts] for keys,
/// [terrazzo.app.l10n.UserWords] for failures. The engine's own sentences are English; [terrazzo.app.l10n.Phrases]
/// translates them phrase by phrase.
@NullMarked
package terrazzo.app.l10n;

import org.jspecify.annotations.NullMarked;
