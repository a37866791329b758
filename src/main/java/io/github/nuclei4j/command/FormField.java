package io.github.nuclei4j.command;

import java.awt.BorderLayout;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.Label;
import java.awt.List;
import java.awt.Panel;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A field of a dialog: its components, and its value as text. */
abstract class FormField {

	private static final int SHORT = 10;
	private static final int LONG = 20;
	private static final int ROWS = 4;

	private final Component input;
	private final Panel panel = new Panel(new BorderLayout(5, 0));
	private Button browse;

	private FormField(final Component input) {
		this.input = input;
		panel.add(input, BorderLayout.CENTER);
	}

	/** The value as it was entered. */
	abstract String text();

	/** Calls a listener after every change by the user. */
	abstract void whenChanged(Runnable listener);

	/** Takes a file that the user has chosen. */
	abstract void choose(String file);

	/** A line on the value, or empty. */
	String about() {
		return "";
	}

	/** Shows the unit of the value. */
	void unit(final String unit) {
		// only numbers have one
	}

	/** What takes the keyboard. */
	final Component input() {
		return input;
	}

	/** All of it: input, unit and button. */
	final Panel panel() {
		return panel;
	}

	/** The button that opens a file chooser, or null. */
	final Button browse() {
		return browse;
	}

	final void addBrowse(final Runnable action) {
		browse = new Button("Browse...");
		browse.addActionListener(event -> action.run());
		panel.add(browse, BorderLayout.EAST);
	}

	/** A field of text, also for files. */
	static FormField text(final String text) {
		return new Text(text, LONG);
	}

	/** A short field with a unit behind it. */
	static FormField number(final String text) {
		return new Text(text, SHORT);
	}

	/** A check box. */
	static FormField box(final String label, final boolean state) {
		return new Box(label, state);
	}

	/** A list of which one is chosen; a text that it doesn't have is added. */
	static FormField choice(final java.util.List<Suggestion> suggestions, final String text) {
		return new OneOf(suggestions, text);
	}

	/** A list of which several are chosen: the text has commas between them. */
	static FormField several(final java.util.List<Suggestion> suggestions, final String text) {
		return new Several(suggestions, text);
	}

	private static final class Text extends FormField {

		private final TextField field;
		private final Label unit = new Label();

		Text(final String text, final int columns) {
			this(new TextField(text, columns), columns == SHORT);
		}

		private Text(final TextField field, final boolean number) {
			super(field);
			this.field = field;
			if (!number) return;
			panel().setLayout(new FlowLayout(FlowLayout.LEFT, 0, 0));
			panel().removeAll();
			panel().add(field);
			panel().add(unit);
		}

		@Override
		String text() {
			return field.getText().trim();
		}

		@Override
		void whenChanged(final Runnable listener) {
			field.addTextListener(event -> listener.run());
		}

		@Override
		void choose(final String file) {
			field.setText(file);
		}

		@Override
		void unit(final String text) {
			if (unit.getText().equals(text)) return;
			unit.setText(text);
			unit.invalidate();
			panel().validate();
		}
	}

	private static final class Box extends FormField {

		private final Checkbox box;

		Box(final String label, final boolean state) {
			this(new Checkbox(label, state));
		}

		private Box(final Checkbox box) {
			super(box);
			panel().setLayout(new FlowLayout(FlowLayout.LEFT, 0, 0));
			this.box = box;
		}

		@Override
		String text() {
			return String.valueOf(box.getState());
		}

		@Override
		void whenChanged(final Runnable listener) {
			box.addItemListener(event -> listener.run());
		}

		@Override
		void choose(final String file) {
			throw new UnsupportedOperationException(file);
		}
	}

	private static final class OneOf extends FormField {

		private final Choice choice;
		private final java.util.List<Suggestion> suggestions;
		private Runnable listener = () -> {};

		OneOf(final java.util.List<Suggestion> suggestions, final String text) {
			this(new Choice(), suggestions);
			suggestions.forEach(suggestion -> choice.add(suggestion.item()));
			choose(text);
		}

		private OneOf(final Choice choice, final java.util.List<Suggestion> suggestions) {
			super(choice);
			this.choice = choice;
			this.suggestions = new ArrayList<>(suggestions);
		}

		@Override
		String text() {
			return suggestions.get(choice.getSelectedIndex()).value();
		}

		@Override
		String about() {
			return suggestions.get(choice.getSelectedIndex()).about();
		}

		@Override
		void whenChanged(final Runnable changed) {
			listener = changed;
			choice.addItemListener(event -> changed.run());
		}

		@Override
		void choose(final String value) {
			int i = 0;
			while (i < suggestions.size() && !suggestions.get(i).value().equals(value)) i++;
			if (i == suggestions.size()) {
				suggestions.add(new Suggestion(value, value, ""));
				choice.add(value);
			}
			choice.select(i);
			listener.run();
		}
	}

	private static final class Several extends FormField {

		private final List list;
		private Runnable listener = () -> {};

		Several(final java.util.List<Suggestion> suggestions, final String text) {
			this(new List(ROWS, true));
			suggestions.forEach(suggestion -> list.add(suggestion.value()));
			for (final String value : text.split(",")) if (!value.trim().isEmpty()) choose(value.trim());
		}

		private Several(final List list) {
			super(list);
			this.list = list;
		}

		@Override
		String text() {
			return Arrays.stream(list.getSelectedItems()).collect(Collectors.joining(", "));
		}

		@Override
		void whenChanged(final Runnable changed) {
			listener = changed;
			list.addItemListener(event -> changed.run());
		}

		@Override
		void choose(final String value) {
			int i = Arrays.asList(list.getItems()).indexOf(value);
			if (i < 0) {
				i = list.getItemCount();
				list.add(value);
			}
			list.select(i);
			listener.run();
		}
	}
}
