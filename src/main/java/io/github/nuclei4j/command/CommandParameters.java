package io.github.nuclei4j.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.Context;
import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;
import org.scijava.service.Service;
import org.scijava.util.ClassUtils;

import ij.plugin.frame.Recorder;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Spelling;

/**
 * The inputs of a command class in the order of their fields, between the command, macro text and ImageJ's recorder. One
 * and the same macro text works here and in Fiji.
 */
final class CommandParameters {

	private final List<CommandParameter> all;

	private CommandParameters(final List<CommandParameter> all) {
		this.all = all;
	}

	/** The inputs of a command class; services and outputs are none. */
	static CommandParameters of(final Class<?> command) {
		return new CommandParameters(ClassUtils.getAnnotatedFields(command, Parameter.class).stream().filter(
			field -> !Service.class.isAssignableFrom(field.getType()) && field.getType() != Context.class && field
				.getAnnotation(Parameter.class).type() == ItemIO.INPUT).map(CommandParameter::new).collect(Collectors
					.toList()));
	}

	/** All inputs, messages too. */
	List<CommandParameter> all() {
		return all;
	}

	/** The inputs that take a value. */
	List<CommandParameter> values() {
		return all.stream().filter(parameter -> !parameter.isMessage()).collect(Collectors.toList());
	}

	/**
	 * Sets a command's inputs from macro text; those not named keep the values they have, which are the defaults.
	 *
	 * @throws IllegalArgumentException if a key is unknown or a value not allowed; the command is unchanged then
	 */
	void setFromMacro(final Object command, final String options) {
		setFromTexts(command, MacroOptions.parse(options));
	}

	/** As {@link #setFromMacro}, from texts by key; null switches on. */
	void setFromTexts(final Object command, final Map<String, String> texts) {
		final Map<String, CommandParameter> byKey = new LinkedHashMap<>();
		values().forEach(parameter -> byKey.put(parameter.key(), parameter));
		final List<Runnable> assignments = new ArrayList<>();
		texts.forEach((key, text) -> {
			final CommandParameter parameter = byKey.get(key);
			if (parameter == null) {
				final String nearest = Spelling.nearest(key, byKey.keySet());
				throw new IllegalArgumentException("There is no parameter '" + Messages.quoted(key) + "'. " + (nearest == null ? ""
					: "Did you mean " + nearest + "? ") + "The parameters are: " + String.join(", ", byKey.keySet()) + ".");
			}
			if (text == null && !parameter.isBoolean()) {
				throw new IllegalArgumentException("'" + key + "' has no value: write " + key + "=value (" + parameter.label() +
					"). Only what is switched on or off may stand alone.");
			}
			final Object value = parameter.parse(text == null ? "true" : text);
			assignments.add(() -> parameter.set(command, value));
		});
		assignments.forEach(Runnable::run);
	}

	/** A command's inputs as texts by key. */
	Map<String, String> texts(final Object command) {
		final Map<String, String> texts = new LinkedHashMap<>();
		values().forEach(parameter -> texts.put(parameter.key(), parameter.format(parameter.get(command))));
		return texts;
	}

	/**
	 * Gives every input to ImageJ's recorder as {@code key=value}, booleans too: Fiji doesn't understand a key alone, and asks
	 * for those that are missing. A preview is none in a macro.
	 */
	void record(final Object command) {
		Recorder.resetCommandOptions();
		final Map<String, String> texts = texts(command);
		for (final CommandParameter parameter : values()) {
			final Object value = parameter.get(command);
			// as Fiji does: no files that are none, and numbers as Java writes them
			if (value == null) texts.remove(parameter.key());
			else if (value instanceof Double) texts.put(parameter.key(), value.toString());
			else if (parameter.isTransient()) texts.put(parameter.key(), "false");
		}
		texts.forEach((key, text) -> {
			final boolean quoted = text.isEmpty() || text.indexOf(' ') < 0 && "['".indexOf(text.charAt(0)) >= 0;
			Recorder.recordOption(key, Recorder.fixString(quoted ? "[" + text + "]" : text));
		});
	}

	/** @throws IllegalArgumentException if one of the command's values isn't allowed */
	void check(final Object command) {
		all.forEach(parameter -> parameter.check(command));
	}
}
