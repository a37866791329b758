package io.github.nuclei4j.command;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.GraphicsEnvironment;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.function.Consumer;

import org.scijava.command.Previewable;

import ij.gui.GenericDialog;
import ij.gui.NonBlockingGenericDialog;
import ij.macro.Interpreter;

/** The fields of ImageJ's dialog for a command's parameters. */
final class PlainForm {

	/** So many check boxes that follow each other stand below each other, more in two columns: screens can be small. */
	private static final int IN_ONE_COLUMN = 3;

	private static final int SHORT = 8;
	private static final int LONG = 30;
	private static final int LONGEST = 60;

	private final String title;
	private final String page;
	private final CommandParameters parameters;
	private final GenericDialog dialog;
	private final Map<String, Component> fields = new LinkedHashMap<>();

	/**
	 * @param page address of more help
	 * @param texts of the fields at first, by key
	 */
	PlainForm(final String title, final String page, final CommandParameters parameters, final Object command,
		final Map<String, String> texts)
	{
		this.title = title;
		this.page = page;
		this.parameters = parameters;
		// while there is a preview, the user moves in the image and selects things
		final boolean free = command instanceof Previewable && Interpreter.getInstance() == null;
		dialog = free ? new NonBlockingGenericDialog(title) : new GenericDialog(title);
		final List<CommandParameter> boxes = new ArrayList<>();
		SuggestionField suggestions = null;
		for (final CommandParameter parameter : parameters.all()) {
			if (parameter.isBoolean()) {
				boxes.add(parameter);
				continue;
			}
			addBoxes(boxes, texts);
			if (!parameter.isMessage()) {
				suggestions = SuggestionField.of(command, parameter);
				fields.put(parameter.key(), add(parameter, suggestions, texts.get(parameter.key())));
			}
			// a message below suggestions tells of what is chosen, not of all of them
			else if (suggestions != null) suggestions.addLine(dialog);
			else if (!String.valueOf(parameter.get(command)).isEmpty()) dialog.addMessage(String.valueOf(parameter.get(command)));
		}
		addBoxes(boxes, texts);
		dialog.addHelp(help());
	}

	private Component add(final CommandParameter parameter, final SuggestionField suggestions, final String text) {
		final String label = parameter.label();
		if (suggestions != null) return suggestions.addChoice(dialog, text);
		if (!parameter.choices().isEmpty()) {
			dialog.addChoice(label, parameter.choices().toArray(new String[0]), text);
			return last(dialog.getChoices());
		}
		if (parameter.isDirectory()) dialog.addDirectoryField(label, text, LONG);
		else if (parameter.isFile()) dialog.addFileField(label, text, LONG);
		else dialog.addStringField(label, text, parameter.isNumber() ? SHORT : Math.max(LONG, Math.min(LONGEST, text.length())));
		return last(dialog.getStringFields());
	}

	private void addBoxes(final List<CommandParameter> boxes, final Map<String, String> texts) {
		final int columns = boxes.size() > IN_ONE_COLUMN ? 2 : 1;
		if (columns == 1) {
			boxes.forEach(box -> dialog.addCheckbox(box.label(), Boolean.parseBoolean(texts.get(box.key()))));
		}
		else {
			final boolean[] states = new boolean[boxes.size()];
			for (int i = 0; i < states.length; i++) states[i] = Boolean.parseBoolean(texts.get(boxes.get(i).key()));
			dialog.addCheckboxGroup((states.length + 1) / columns, columns, boxes.stream().map(CommandParameter::label).toArray(
				String[]::new), states);
		}
		for (final CommandParameter box : boxes) {
			for (final Object component : dialog.getCheckboxes()) {
				if (((Checkbox) component).getLabel().equals(box.label())) fields.put(box.key(), (Checkbox) component);
			}
		}
		boxes.clear();
	}

	private static Component last(final Vector<?> components) {
		return (Component) components.lastElement();
	}

	/** Has a listener told all texts by key after every change. */
	void whenChanged(final Consumer<Map<String, String>> listener) {
		dialog.addDialogListener((self, event) -> {
			// there is none after OK
			if (event != null) listener.accept(texts());
			return true;
		});
	}

	/** Shows the dialog until it is closed; false if it was canceled. */
	boolean show() {
		ScrollingDialog.fit(dialog, GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds().getSize());
		dialog.showDialog();
		return !dialog.wasCanceled();
	}

	/** The texts by key, as entered: numbers are checked later, with better messages than the dialog's. */
	Map<String, String> texts() {
		final Map<String, String> texts = new LinkedHashMap<>();
		for (final CommandParameter parameter : parameters.values()) {
			texts.put(parameter.key(), text(fields.get(parameter.key())));
		}
		return texts;
	}

	private static String text(final Component field) {
		if (field instanceof Checkbox) return String.valueOf(((Checkbox) field).getState());
		return field instanceof Choice ? ((Choice) field).getSelectedItem() : ((TextField) field).getText().trim();
	}

	private String help() {
		final StringBuilder help = new StringBuilder("<html><h2>").append(title).append("</h2>");
		for (final CommandParameter parameter : parameters.values()) {
			help.append("<p><b>").append(escape(parameter.label())).append("</b><br>").append(escape(parameter
				.description())).append("</p>");
		}
		return help.append("<p>In macros the first word, in lower case, is the key.</p><p><a href=\"").append(page).append(
			"\">More about ").append(title).append("</a></p></html>").toString();
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}
}
