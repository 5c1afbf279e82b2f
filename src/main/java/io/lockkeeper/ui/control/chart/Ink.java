package io.lockkeeper.ui.control.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.converter.ColorConverter;
import javafx.scene.control.Label;
import javafx.scene.paint.Color;

/// Colours and font of a chart, as the stylesheet has them: a label without words, because labels take part in themes and text sizes.
final class Ink extends Label {
    /// What is painted; the stylesheet has a colour for each, e.g. `-ink-grid`.
    enum Of {
        PAPER, GRID, TEXT, STRONG, GAP, GOOD, BAD, BAD_AREA, LINE_1, LINE_2, LINE_3
    }

    private static final class InkCss extends CssMetaData<Ink, Color> {
        private final Of of;

        InkCss(Of of) {
            super("-ink-" + of.name().toLowerCase(Locale.ROOT).replace('_', '-'), ColorConverter.getInstance(), Color.GRAY);
            this.of = of;
        }

        @Override
        public boolean isSettable(Ink ink) {
            return true;
        }

        @Override
        public StyleableProperty<Color> getStyleableProperty(Ink ink) {
            return ink.colour(of);
        }
    }

    private static final Map<Of, InkCss> CSS = css();
    private static final List<CssMetaData<? extends Styleable, ?>> ALL = all();
    private final Map<Of, SimpleStyleableObjectProperty<Color>> colours = new EnumMap<>(Of.class);

    /// @param changed called when the theme or the size of the text changed
    Ink(Runnable changed) {
        getStyleClass().add("chart-ink");
        setManaged(false);
        setMouseTransparent(true);
        CSS.forEach((of, css) -> {
            var colour = new SimpleStyleableObjectProperty<>(css, this, of.name(), Color.GRAY);
            colour.addListener((_, _, _) -> changed.run());
            colours.put(of, colour);
        });
        fontProperty().addListener((_, _, _) -> changed.run());
    }

    private SimpleStyleableObjectProperty<Color> colour(Of what) {
        return Objects.requireNonNull(colours.get(what));
    }

    Color of(Of what) {
        return colour(what).get();
    }

    /// The colour of the line at a place in its chart.
    Color line(int place) {
        return of(switch (place) {
            case 0 -> Of.LINE_1;
            case 1 -> Of.LINE_2;
            default -> Of.LINE_3;
        });
    }

    private static Map<Of, InkCss> css() {
        var css = new EnumMap<Of, InkCss>(Of.class);
        for (var one : Of.values()) {
            css.put(one, new InkCss(one));
        }
        return css;
    }

    private static List<CssMetaData<? extends Styleable, ?>> all() {
        var all = new ArrayList<CssMetaData<? extends Styleable, ?>>(Label.getClassCssMetaData());
        all.addAll(CSS.values());
        return List.copyOf(all);
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getControlCssMetaData() {
        return ALL;
    }
}
