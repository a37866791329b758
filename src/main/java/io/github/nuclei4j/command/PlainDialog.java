package io.github.nuclei4j.command;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.gui.GenericDialog;

/** ImageJ's dialog for a command's parameters. */
final class PlainDialog {

	private final String title;
	private final String page;
	private final CommandParameters parameters;

	PlainDialog(final Class<?> command, final CommandParameters parameters) {
		title = PlainRunner.title(command);
		page = HelpPage.of(command);
		this.parameters = parameters;
	}

	/**
	 * Lets the user change a command's values; asks again, with a message and the texts as entered, while one of them is
	 * not allowed.
	 *
	 * @return false if the user canceled
	 */
	boolean edit(final Object command) {
		Map<String, String> texts = parameters.texts(command);
		while (true) {
			final GenericDialog dialog = build(command, texts);
			dialog.showDialog();
			if (dialog.wasCanceled()) return false;
			texts = read(dialog);
			try {
				parameters.setFromTexts(command, texts);
				return true;
			}
			catch (final IllegalArgumentException e) {
				IJ.showMessage(title, UserMessage.wrap(e.getMessage()));
			}
		}
	}

	private GenericDialog build(final Object command, final Map<String, String> texts) {
		final GenericDialog dialog = new GenericDialog(title);
		for (final CommandParameter parameter : parameters.all()) {
			final String label = parameter.label();
			final String text = texts.get(parameter.key());
			if (parameter.isMessage()) dialog.addMessage(String.valueOf(parameter.get(command)));
			else if (parameter.isBoolean()) dialog.addCheckbox(label, Boolean.parseBoolean(text));
			else if (!parameter.choices().isEmpty()) dialog.addChoice(label, parameter.choices().toArray(new String[0]), text);
			else if (parameter.isDirectory()) dialog.addDirectoryField(label, text, 30);
			else if (parameter.isFile()) dialog.addFileField(label, text, 30);
			else dialog.addStringField(label, text, parameter.isNumber() ? 8 : 30);
		}
		dialog.addHelp(help());
		return dialog;
	}

	/** The dialog's texts by key, as entered: numbers are checked later, with better messages than the dialog's. */
	private Map<String, String> read(final GenericDialog dialog) {
		final Iterator<?> boxes = iterator(dialog.getCheckboxes());
		final Iterator<?> choices = iterator(dialog.getChoices());
		final Iterator<?> fields = iterator(dialog.getStringFields());
		final Map<String, String> texts = new LinkedHashMap<>();
		for (final CommandParameter parameter : parameters.values()) {
			final String text;
			if (parameter.isBoolean()) text = String.valueOf(((Checkbox) boxes.next()).getState());
			else if (!parameter.choices().isEmpty()) text = ((Choice) choices.next()).getSelectedItem();
			else text = ((TextField) fields.next()).getText().trim();
			texts.put(parameter.key(), text);
		}
		return texts;
	}

	private static Iterator<?> iterator(final List<?> components) {
		return components == null ? List.of().iterator() : components.iterator();
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
