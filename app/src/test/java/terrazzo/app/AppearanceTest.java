package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import org.junit.jupiter.api.Test;

/// Language, theme and what is kept of them.
class AppearanceTest extends StudioFixture {

    @Test
    void switchesLanguageAndThemeWhileItRuns() throws Exception {
        robot.clickOn("#rail-settings");
        robot.clickOn("#language-zh");
        assertEquals("推理", this.<Labeled>find("#rail-inference").getText());
        assertTrue(studio.scene().getRoot().getStyleClass().contains("zh"));
        robot.clickOn("#theme-dark");
        assertTrue(studio.scene().getRoot().getStyleClass().contains("dark"));
        robot.clickOn("#language-en");
        assertEquals("Inference", this.<Labeled>find("#rail-inference").getText());
    }

    @Test
    void settingsSurviveARestart() throws Exception {
        robot.clickOn("#rail-settings").clickOn("#theme-dark").clickOn("#rail-inference");
        Slider before = find("#opacity");
        ui(() -> before.setValue(0.8));
        restart();
        assertTrue(studio.appearanceProperty().get().isDark());
        assertEquals(0.8, this.<Slider>find("#opacity").getValue(), 1e-9);
    }
}
