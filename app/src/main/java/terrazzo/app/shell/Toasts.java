package terrazzo.app.shell;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.notice.Notice;
import terrazzo.app.notice.Notices;
import terrazzo.app.view.Css;

/// Messages in the lower right corner. What finished goes by itself; what failed stays until it is closed.
final class Toasts extends VBox {

    private static final Duration STAY = Duration.seconds(5);
    /// For one that asks something.
    private static final Duration STAY_LONG = Duration.seconds(20);

    /// While its details are shown.
    private static final PseudoClass WIDE = PseudoClass.getPseudoClass("wide");

    private static final Duration FADE = Duration.millis(150);

    private final Texts texts;
    private final Notices notices;
    private final IdentityHashMap<Notice, Node> nodeByNotice = new IdentityHashMap<>();
    private final IdentityHashMap<Notice, Animation> stayByNotice = new IdentityHashMap<>();

    Toasts(Texts texts, Notices notices) {
        super(Css.GAP);
        this.texts = texts;
        this.notices = notices;
        getStyleClass().add(Css.TOASTS);
        setPickOnBounds(false);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(Pos.BOTTOM_RIGHT);
        setFillWidth(false); // one that is wide doesn't widen the others
        notices.shown().addListener((ListChangeListener<Notice>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(this::remove);
                change.getAddedSubList().forEach(this::add);
            }
        });
    }

    private void add(Notice notice) {
        Node card = card(notice);
        nodeByNotice.put(notice, card);
        getChildren().add(card);
        FadeTransition fade = new FadeTransition(FADE, card);
        fade.setFromValue(0);
        fade.setToValue(1);
        fade.play();
        if (notice.kind() != Notice.Kind.FAILURE) {
            PauseTransition stay = new PauseTransition(notice.action() == null ? STAY : STAY_LONG);
            stay.setOnFinished(_ -> notices.close(notice));
            stayByNotice.put(notice, stay);
            stay.play();
        }
    }

    private void remove(Notice notice) {
        Node card = nodeByNotice.remove(notice);
        getChildren().remove(card);
        Optional.ofNullable(stayByNotice.remove(notice)).ifPresent(Animation::stop);
    }

    /// The window closes: what waits to go by itself would keep all of it in memory until then.
    void stop() {
        stayByNotice.values().forEach(Animation::stop);
    }

    private Node card(Notice notice) {
        FontIcon icon = new FontIcon(
                switch (notice.kind()) {
                    case DONE -> Feather.CHECK_CIRCLE;
                    case INFO -> Feather.INFO;
                    case FAILURE -> Feather.ALERT_TRIANGLE;
                });
        Label title = new Label(notice.title());
        title.getStyleClass().add("toast-title");
        title.setWrapText(true);
        VBox words = new VBox(4, title);
        if (!notice.text().isEmpty()) {
            Label text = new Label(notice.text());
            text.setWrapText(true);
            text.getStyleClass().add(Css.MUTED);
            words.getChildren().add(text);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        Button close = new Button(null, new FontIcon(Feather.X));
        close.getStyleClass().addAll("button-icon", "flat", "small");
        close.setAccessibleText(texts.get("common.close"));
        close.setOnAction(_ -> notices.close(notice));
        HBox card = new HBox(Css.PANEL_INSET, icon, words, close);
        card.setAlignment(Pos.TOP_LEFT);
        card.getStyleClass().addAll(Css.TOAST, "toast-" + notice.kind().name().toLowerCase(Locale.ROOT));
        addLinks(notice, words, card);
        return card;
    }

    private void addLinks(Notice notice, VBox words, Node card) {
        HBox links = new HBox(Css.GAP);
        Notice.Action action = notice.action();
        if (action != null) {
            Hyperlink link = new Hyperlink(action.label());
            link.setOnAction(_ -> {
                notices.close(notice);
                action.run().run();
            });
            links.getChildren().add(link);
        }
        if (!notice.details().isEmpty()) {
            TextArea details = new TextArea(notice.details());
            details.setEditable(false);
            details.setPrefRowCount(8);
            details.setVisible(false);
            details.setManaged(false);
            Hyperlink show = new Hyperlink(texts.get("common.details"));
            show.setOnAction(_ -> {
                boolean isShown = !details.isVisible();
                details.setVisible(isShown);
                details.setManaged(isShown);
                card.pseudoClassStateChanged(WIDE, isShown);
                show.setText(texts.get(isShown ? "common.details.hide" : "common.details"));
            });
            Hyperlink copy = new Hyperlink(texts.get("common.copy"));
            copy.setOnAction(_ -> {
                ClipboardContent content = new ClipboardContent();
                content.putString(notice.title() + "\n" + notice.text() + "\n\n" + notice.details());
                Clipboard.getSystemClipboard().setContent(content);
            });
            links.getChildren().addAll(show, copy);
            words.getChildren().add(details);
        }
        if (!links.getChildren().isEmpty()) {
            words.getChildren().add(links);
        }
    }
}
