package terrazzo.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FuzzyMatchTest {

    @Test
    void findsLettersInOrder() {
        assertTrue(FuzzyMatch.score("opfo", "Open folder…") > 0);
        assertEquals(FuzzyMatch.NONE, FuzzyMatch.score("fopo", "Open folder…"));
    }

    @Test
    void wholeWordsWinOverScatteredLetters() {
        assertTrue(FuzzyMatch.score("export", "Export mask…") > FuzzyMatch.score("export", "Expand or retry"));
        assertTrue(FuzzyMatch.score("mask", "Mask") > FuzzyMatch.score("mask", "Unmasked"));
    }

    @Test
    void findsChineseToo() {
        assertTrue(FuzzyMatch.score("导出", "导出标签图…") > 0);
    }

    @Test
    void nothingTypedMatchesAll() {
        assertEquals(0, FuzzyMatch.score("", "anything"));
    }
}
