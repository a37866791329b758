package io.github.nuclei4j.command;

import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Label;
import java.awt.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of a command's dialog, labels on the left. Check boxes that follow each other stand in two columns. Parameters
 * marked as {@link CommandParameter#MORE} are hidden at first.
 */
final class CommandForm extends Panel {

	private static final long serialVersionUID = 1;
	private static final int GAP = 1;
	private static final int SIDE = 8;

	private final transient CommandParameters parameters;
	private final transient Object command;
	private final transient Map<CommandParameter, FormField> fields = new LinkedHashMap<>();
	private final List<Component> hidden = new ArrayList<>();
	private int row;

	/** @param command whose values the fields have at first */
	CommandForm(final CommandParameters parameters, final Object command) {
		super(new GridBagLayout());
		this.parameters = parameters;
		this.command = command;
		add(false);
		add(true);
		hidden.forEach(component -> component.setVisible(false));
	}

	private void add(final boolean more) {
		final List<CommandParameter> boxes = new ArrayList<>();
		for (final CommandParameter parameter : parameters.all()) {
			if (parameter.isMore() != more) continue;
			if (parameter.isBoolean() && !parameter.isTransient()) {
				boxes.add(parameter);
				continue;
			}
			addBoxes(boxes);
			if (!parameter.isMessage()) addRow(parameter);
			else if (!parameter.text(command).isEmpty()) place(new Label(parameter.text(command)), 0, 2, more);
			row++;
		}
		addBoxes(boxes);
	}

	private void addRow(final CommandParameter parameter) {
		final FormField field = field(parameter);
		fields.put(parameter, field);
		if (!parameter.isBoolean()) place(new Label(parameter.label(), Label.RIGHT), 0, 1, parameter.isMore());
		place(field.panel(), 1, 1, parameter.isMore());
	}

	private FormField field(final CommandParameter parameter) {
		final String text = parameter.text(command);
		final List<Suggestion> suggestions = suggestions(parameter);
		final FormField field;
		if (parameter.isBoolean()) field = FormField.box(parameter.label(), Boolean.parseBoolean(text));
		else if (parameter.isSeveral()) field = FormField.several(suggestions, text);
		else if (!suggestions.isEmpty()) field = FormField.choice(suggestions, text);
		else field = parameter.isShort() ? FormField.number(text) : FormField.text(text);
		if (parameter.isFile()) {
			field.addBrowse(() -> {
				final String file = FileChoice.ask(parameter, field.text());
				if (file != null) field.choose(file);
			});
		}
		return field;
	}

	private List<Suggestion> suggestions(final CommandParameter parameter) {
		if (!parameter.choices().isEmpty()) {
			return parameter.choices().stream().map(choice -> new Suggestion(choice, choice, "")).collect(Collectors.toList());
		}
		return command instanceof NucleiCommand ? ((NucleiCommand) command).suggestions(parameter.key()) : new ArrayList<>();
	}

	private void addBoxes(final List<CommandParameter> boxes) {
		if (boxes.isEmpty()) return;
		final boolean more = boxes.get(0).isMore();
		final Panel panel = new Panel(new GridBagLayout());
		for (final CommandParameter box : boxes) {
			final FormField field = field(box);
			fields.put(box, field);
			panel.add(field.panel(), box(panel.getComponentCount(), boxes.size() == 1));
		}
		place(panel, 1, 1, more);
		row++;
		boxes.clear();
	}

	/** Two columns, each as wide as its boxes. */
	private static GridBagConstraints box(final int number, final boolean isOnly) {
		final GridBagConstraints place = new GridBagConstraints();
		place.gridx = number % 2;
		place.gridy = number / 2;
		place.anchor = GridBagConstraints.WEST;
		place.weightx = isOnly ? 1 : number % 2;
		place.insets = new Insets(0, 0, 0, 2 * SIDE * (1 - place.gridx));
		return place;
	}

	private void place(final Component component, final int column, final int width, final boolean more) {
		final GridBagConstraints place = new GridBagConstraints();
		place.gridx = column;
		place.gridy = row;
		place.gridwidth = width;
		place.anchor = component instanceof Label ? GridBagConstraints.EAST : GridBagConstraints.WEST;
		place.fill = component instanceof Label ? GridBagConstraints.NONE : GridBagConstraints.HORIZONTAL;
		place.weightx = component instanceof Label ? 0 : 1;
		place.insets = new Insets(GAP, column == 0 ? SIDE : 0, GAP, SIDE);
		add(component, place);
		if (more) hidden.add(component);
	}

	/** Whether there are fields that are hidden at first. */
	boolean hasMore() {
		return !hidden.isEmpty();
	}

	/** Whether the fields that were hidden at first are visible. */
	boolean isMoreShown() {
		return hasMore() && hidden.get(0).isVisible();
	}

	/** Shows or hides the fields that are hidden at first. */
	void showMore(final boolean show) {
		hidden.forEach(component -> component.setVisible(show));
		invalidate();
	}

	/** The fields in the order in which they are shown. */
	Map<CommandParameter, FormField> fields() {
		return fields;
	}

	/** The texts by key, as entered, in the order of the parameters. */
	Map<String, String> texts() {
		final Map<String, String> texts = new LinkedHashMap<>();
		for (final CommandParameter parameter : parameters.values()) texts.put(parameter.key(), fields.get(parameter).text());
		return texts;
	}

	/** What there is to know of a field: of the value chosen, or else of the parameter. */
	String about(final CommandParameter parameter) {
		final FormField field = fields.get(parameter);
		final String about = command instanceof NucleiCommand && field.about().isEmpty() ? ((NucleiCommand) command).about(parameter
			.key(), field.text()) : field.about();
		if (about.isEmpty()) return parameter.label() + ": " + parameter.description();
		return (field.text().isEmpty() ? parameter.label() : field.text()) + ": " + about;
	}

	/** Brings the units up to date with the command's values. */
	void showUnits() {
		if (!(command instanceof NucleiCommand)) return;
		fields.forEach((parameter, field) -> field.unit(((NucleiCommand) command).unit(parameter.key())));
	}
}
