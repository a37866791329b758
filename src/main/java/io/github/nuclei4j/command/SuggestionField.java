package io.github.nuclei4j.command;

import java.awt.Choice;
import java.awt.Label;
import java.io.File;
import java.util.Map;

import ij.gui.GenericDialog;
import ij.io.OpenDialog;

/** A field of ImageJ's dialog with values to choose from, or any file instead; a line below tells of the chosen one. */
final class SuggestionField {

	private static final String OTHER = "other file...";

	/** Characters of the line; longer ones would make the dialog wider than a small screen. */
	private static final int MOST_CHARACTERS = 110;

	private final NucleiCommand command;
	private final CommandParameter parameter;
	private final Map<String, String> suggestions;
	private Choice choice;
	private Label line;

	private SuggestionField(final NucleiCommand command, final CommandParameter parameter) {
		this.command = command;
		this.parameter = parameter;
		suggestions = command.suggestions(parameter.key());
	}

	/** Null if the command suggests nothing for the parameter. */
	static SuggestionField of(final Object command, final CommandParameter parameter) {
		if (!(command instanceof NucleiCommand)) return null;
		final SuggestionField field = new SuggestionField((NucleiCommand) command, parameter);
		return field.suggestions.isEmpty() ? null : field;
	}

	/** Adds the list, with the value if it is another. */
	Choice addChoice(final GenericDialog dialog, final String value) {
		dialog.addChoice(parameter.label(), suggestions.keySet().toArray(new String[0]), value);
		choice = (Choice) dialog.getChoices().lastElement();
		if (!suggestions.containsKey(value)) addFile(value);
		choice.add(OTHER);
		String[] before = { choice.getSelectedItem() };
		choice.addItemListener(event -> {
			if (choice.getSelectedItem().equals(OTHER)) {
				final OpenDialog opener = new OpenDialog(parameter.label());
				if (opener.getPath() == null) choice.select(before[0]);
				else addFile(opener.getPath());
			}
			before[0] = choice.getSelectedItem();
			if (line != null) line.setText(text());
		});
		return choice;
	}

	private void addFile(final String file) {
		final String value = file.replace(File.separatorChar, '/');
		for (int i = 0; i < choice.getItemCount(); i++) {
			if (choice.getItem(i).equals(value)) choice.remove(i);
		}
		choice.insert(value, 0);
		choice.select(0);
	}

	/** Adds the line on what is chosen. */
	void addLine(final GenericDialog dialog) {
		dialog.setInsets(0, 20, 5);
		dialog.addMessage(text());
		line = (Label) dialog.getMessage();
	}

	private String text() {
		final String value = choice.getSelectedItem();
		final String text = suggestions.containsKey(value) ? suggestions.get(value) : command.about(parameter.key(), value);
		return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
	}
}
