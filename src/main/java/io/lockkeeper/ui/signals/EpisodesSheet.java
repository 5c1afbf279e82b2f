package io.lockkeeper.ui.signals;

import io.lockkeeper.app.signals.EpisodeReader;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.history.EpisodeTrail;
import io.lockkeeper.ui.Exports;
import io.lockkeeper.ui.control.Background;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import io.lockkeeper.ui.control.Words;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Single episodes: of a scenario, a cause, a time. Read when it opens and when somebody asks for it.
public final class EpisodesSheet {
    /// @param watched whether somebody watches; else why not, in words
    public record Context(String environment, EpisodeReader reader, Background background, InstantSource clock, Exports exports,
            String watched) {}

    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final double ROW = 28;
    private static final int ROWS = 11;
    private static final double LEAST = 50;
    private static final double LETTER = 7.2;
    private static final double PADDING = 22;

    private final Context context;
    private final ComboBox<Choice<Scenario>> scenario = new ComboBox<>();
    private final ComboBox<Choice<Failure>> cause = new ComboBox<>();
    private final ComboBox<EpisodeFilter.Kind> kind = new ComboBox<>();
    private final ComboBox<EpisodeWords.Span> span = new ComboBox<>();
    private final TextField words = new TextField();
    private final Label summary = Parts.wrapped("", "muted");
    private final Label missing = Parts.wrapped("", "warn-text", "small");
    private final Label detail = Parts.wrapped("", "small");
    private final Label empty = Parts.wrapped("", "muted");
    private final ObservableList<EpisodeRows> rows = FXCollections.observableArrayList();
    private final TableView<EpisodeRows> table = new TableView<>(rows);
    private final TableColumn<EpisodeRows, String> fault = column("Our own fault", EpisodeRows::fault, 150,
            OverrunStyle.ELLIPSIS);
    private EpisodeReader.@Nullable Read read;
    private EpisodeTrail shown = EpisodeTrail.NONE;
    private boolean choosing;

    /// One of a list, or any.
    private record Choice<T>(@Nullable T value, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    public EpisodesSheet(Context context, EpisodeFilter first) {
        this.context = context;
        scenario.getItems().add(new Choice<>(null, "any scenario"));
        Arrays.stream(Scenario.values())
                .forEach(one -> scenario.getItems().add(new Choice<>(one, one.name().toLowerCase(Locale.ROOT))));
        scenario.setValue(scenario.getItems().stream().filter(one -> one.value() == first.scenario()).findFirst().orElseThrow());
        causes(first.cause());
        kind.getItems().setAll(EpisodeFilter.Kind.values());
        kind.setConverter(showing(EpisodeFilter.Kind::words));
        kind.setValue(first.kind());
        span.getItems().setAll(EpisodeWords.Span.values());
        span.setConverter(showing(EpisodeWords.Span::words));
        span.setValue(EpisodeWords.Span.of(first.span()));
        words.setText(first.words());
        words.setPromptText("client or node");
        name(scenario, "episodes-scenario", "scenario");
        name(cause, "episodes-cause", "cause of an attempt that failed");
        name(kind, "episodes-kind", "what became of it");
        name(span, "episodes-span", "how far back");
        words.setId("episodes-words");
        words.setAccessibleText("a part of the name of a client or node");
        scenario.valueProperty().subscribe(this::filter);
        cause.valueProperty().subscribe(this::filter);
        kind.valueProperty().subscribe(this::filter);
        words.textProperty().subscribe(this::filter);
        span.setOnAction(_ -> load());
        table();
    }

    private static void name(ComboBox<?> box, String id, String what) {
        box.setId(id);
        box.setAccessibleText(what);
        box.setVisibleRowCount(12);
    }

    private static <T> StringConverter<T> showing(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("nobody types here");
            }
        };
    }

    private void table() {
        table.setId("episodes");
        table.setAccessibleText("episodes, newest first");
        table.setFixedCellSize(ROW);
        table.setPrefHeight(ROW * ROWS + 40);
        table.setMinHeight(ROW * 5);
        table.setPlaceholder(empty);
        empty.setId("episodes-empty");
        detail.setId("episodes-detail");
        summary.setId("episodes-summary");
        missing.setId("episodes-missing");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .addAll(List.of(column("Client", EpisodeRows::client, 110), column("Scenario", EpisodeRows::scenario, 86),
                        column("Lost at", EpisodeRows::lostAt, 76), column("How", EpisodeRows::how, 92),
                        column("From", EpisodeRows::from, 110), column("Attempts failed", EpisodeRows::attempts, 170),
                        column("End", EpisodeRows::end, 84), column("Took", EpisodeRows::took, 96),
                        column("To", EpisodeRows::to, 110),
                        column("Session", EpisodeRows::session, 72), column("Messages", EpisodeRows::messages, 92), fault));
        fault.setVisible(false);
        table.setRowFactory(_ -> new TableRow<>() {
            @Override
            protected void updateItem(@Nullable EpisodeRows row, boolean nothing) {
                super.updateItem(row, nothing);
                pseudoClassStateChanged(MARKED, !nothing && row != null && row.bad());
            }
        });
        table.getSelectionModel().selectedItemProperty()
                .subscribe(row -> detail.setText(row == null ? "Choose a row to read all of it." : row.sentence()));
    }

    private static TableColumn<EpisodeRows, String> column(String title, Function<EpisodeRows, String> text, double width) {
        return column(title, text, width, OverrunStyle.CENTER_ELLIPSIS);
    }

    private static TableColumn<EpisodeRows, String> column(String title, Function<EpisodeRows, String> text, double width,
            OverrunStyle overrun) {
        var column = new TableColumn<EpisodeRows, String>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(Math.max(LEAST, title.length() * LETTER + PADDING)); // a title that is cut says nothing
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(_ -> new TableCell<>() {
            {
                setTextOverrun(overrun);
            }

            @Override
            protected void updateItem(@Nullable String words, boolean nothing) {
                super.updateItem(words, nothing);
                setText(nothing ? null : words);
                setTooltip(nothing || words == null || words.length() < 9 ? null : new Tooltip(words));
            }
        });
        return column;
    }

    public void open(Sheet sheet) {
        var filters = new FlowPane(8, 8, span, scenario, kind, cause, words);
        sheet.wide("Single episodes", new VBox(8, filters, summary, missing, table, detail),
                Parts.button("episodes-copy", "Copy as CSV", this::copy),
                Parts.button("episodes-save", "Save as CSV", this::save),
                Parts.button("episodes-again", "Read again", this::load, "accent"));
        table.requestFocus();
        load();
    }

    private void load() {
        summary.setText("Reading ...");
        var wanted = span.getValue().length();
        context.background().start(() -> context.reader().read(wanted, context.clock().instant()), this::took,
                why -> summary.setText("The episodes cannot be read: " + why));
    }

    private void took(EpisodeReader.Read next) {
        read = next;
        causes(cause.getValue().value());
        missing.setText(String.join(". ", next.missing()));
        missing.setManaged(!next.missing().isEmpty());
        filter();
    }

    /// What attempts failed for in what was read, and what is asked for.
    private void causes(@Nullable Failure chosen) {
        choosing = true;
        var known = new ArrayList<Failure>();
        var last = read;
        if (last != null) {
            last.trail().episodes().stream().flatMap(told -> told.episode().failed().keySet().stream()).distinct()
                    .sorted(Comparator.comparing(Failure::words)).forEach(known::add);
        }
        if (chosen != null && !known.contains(chosen)) {
            known.add(chosen);
        }
        var choices = new ArrayList<Choice<Failure>>();
        choices.add(new Choice<>(null, "any cause"));
        known.forEach(one -> choices.add(new Choice<>(one, one.words())));
        cause.getItems().setAll(choices);
        cause.setValue(choices.stream().filter(one -> Objects.equals(one.value(), chosen)).findFirst().orElseThrow());
        choosing = false;
    }

    private EpisodeFilter asked() {
        return new EpisodeFilter(scenario.getValue().value(), cause.getValue().value(), kind.getValue(),
                span.getValue().length(), words.getText());
    }

    private void filter() {
        var last = read;
        if (choosing || last == null || cause.getValue() == null) {
            return;
        }
        var filter = asked();
        var time = last.trail().only(EpisodeFilter.last(filter.span()), last.at());
        shown = last.trail().only(filter, last.at());
        rows.setAll(shown.episodes().stream().map(told -> EpisodeRows.of(told, last.at())).toList());
        fault.setVisible(rows.stream().anyMatch(row -> !row.fault().isEmpty()));
        summary.setText(EpisodeWords.summary(shown, time) + ", read at " + Words.time(last.at()));
        empty.setText(EpisodeWords.none(filter, time, context.watched()));
    }

    private void copy() {
        var content = new ClipboardContent();
        content.putString(shown.csv(context.environment()));
        Clipboard.getSystemClipboard().setContent(content);
        summary.setText(EpisodeWords.count(shown) + " copied, as `lockkeeper episodes` writes them");
    }

    private void save() {
        var text = shown.csv(context.environment());
        var said = EpisodeWords.count(shown);
        var name = EpisodeWords.file(context.environment(), context.clock().instant());
        context.background().start(() -> context.exports().write(name, text),
                where -> summary.setText(said + " written to " + where), why -> summary.setText("Not written: " + why));
    }
}
