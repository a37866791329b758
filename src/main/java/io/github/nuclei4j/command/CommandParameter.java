package io.github.nuclei4j.command;

import java.io.File;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.nuclei4j.util.Messages;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;

/**
 * One input of a command: what its {@link Parameter} annotation says, its value in a command, and that value as macro
 * text. The macro key is the field's name. Booleans, whole and decimal numbers, strings and files are supported.
 */
final class CommandParameter {

	private static final List<Class<?>> TYPES = Arrays.asList(boolean.class, int.class, long.class, double.class,
		String.class, File.class);

	/** Attribute of parameters whose fields are hidden until the user asks for more settings. */
	static final String MORE = "more";

	/** Attribute of texts with several values, separated by commas. */
	static final String SEVERAL = "several";

	/** Attribute of texts that are numbers or a word in place of one. */
	static final String WORD = "word";

	private final Field field;
	private final Parameter annotation;

	CommandParameter(final Field field) {
		if (!TYPES.contains(field.getType())) {
			throw new IllegalArgumentException("Parameter '" + field.getName() + "' of " + field.getDeclaringClass()
				.getName() + " has the unsupported type " + field.getType().getName() + ".");
		}
		this.field = field;
		annotation = field.getAnnotation(Parameter.class);
		field.setAccessible(true);
	}

	/** The macro key: a lower-case word. */
	String key() {
		return field.getName();
	}

	/** The text beside the dialog's field. */
	String label() {
		return annotation.label();
	}

	/** One or two sentences on it, shown in the dialog for the field that is used. */
	String description() {
		return annotation.description();
	}

	/** The allowed values, or an empty list if anything of the right type is allowed. */
	List<String> choices() {
		return Arrays.asList(annotation.choices());
	}

	/** Whether this only tells the user something and takes no value. */
	boolean isMessage() {
		return annotation.visibility() == ItemVisibility.MESSAGE;
	}

	/** Whether this is a check box without an effect on the result, as that of a preview is. */
	boolean isTransient() {
		return annotation.visibility() == ItemVisibility.TRANSIENT;
	}

	/** Whether this is a check box. */
	boolean isBoolean() {
		return field.getType() == boolean.class;
	}

	/** Whether this is a whole or decimal number. */
	boolean isNumber() {
		return isWhole() || field.getType() == double.class;
	}

	/** Whether this is a file, or a text that may be a file: {@code style} says open, save or directory. */
	boolean isFile() {
		return field.getType() == File.class || !annotation.style().isEmpty();
	}

	/** For files: open, save, directory, or both for a file or a folder. */
	String style() {
		return annotation.style();
	}

	/** Whether its field is hidden until the user asks for more settings. */
	boolean isMore() {
		return has(MORE);
	}

	/** Whether it is a text of several values with commas between them. */
	boolean isSeveral() {
		return has(SEVERAL);
	}

	/** Whether it is a number, or a word in place of one. */
	boolean isShort() {
		return isNumber() || has(WORD);
	}

	private boolean has(final String name) {
		return Arrays.stream(annotation.attrs()).anyMatch(attribute -> attribute.name().equals(name));
	}

	private boolean isWhole() {
		return field.getType() == int.class || field.getType() == long.class;
	}

	/** The value in a command. */
	Object get(final Object command) {
		try {
			return field.get(command);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The value in a command as text. */
	String text(final Object command) {
		return format(get(command));
	}

	/** Puts a value that {@link #parse(String)} made into a command. */
	void set(final Object command, final Object value) {
		try {
			field.set(command, value);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * A value from its text in a macro or a dialog.
	 *
	 * @throws IllegalArgumentException if the text is no allowed value; the message names it and what is allowed
	 */
	Object parse(final String text) {
		final Object value = convert(text);
		if (!isAllowed(value)) throw wrong(text);
		return value;
	}

	/** @throws IllegalArgumentException if the command's value isn't one of the choices or is out of range */
	void check(final Object command) {
		final Object value = get(command);
		if (!isMessage() && !isAllowed(value)) throw wrong(format(value));
	}

	/** A value's text, such that {@link #parse(String)} gives the value back. */
	String format(final Object value) {
		if (value == null) return "";
		final String text = value.toString();
		if (value instanceof Double && text.endsWith(".0")) return text.substring(0, text.length() - 2);
		return isFile() && File.separatorChar == '\\' ? text.replace('\\', '/') : text;
	}

	private Object convert(final String text) {
		final Class<?> type = field.getType();
		try {
			if (isWhole()) {
				final long value = Long.parseLong(text.trim());
				if (type == long.class) return value;
				return Math.toIntExact(value);
			}
			if (type == double.class) return Double.parseDouble(text.trim());
		}
		catch (final ArithmeticException | NumberFormatException e) {
			throw wrong(text);
		}
		if (type == File.class) return text.isEmpty() ? null : new File(text);
		if (type != boolean.class) return text;
		if (!text.equals("true") && !text.equals("false")) throw wrong(text);
		return text.equals("true");
	}

	private boolean isAllowed(final Object value) {
		if (!choices().isEmpty()) return choices().contains(Objects.toString(value, ""));
		if (!isNumber()) return true;
		final double number = ((Number) value).doubleValue();
		return Double.isFinite(number) && (annotation.min().isEmpty() || number >= Double.parseDouble(annotation.min())) &&
			(annotation.max().isEmpty() || number <= Double.parseDouble(annotation.max()));
	}

	private IllegalArgumentException wrong(final String got) {
		return new IllegalArgumentException(key() + "=" + Messages.quoted(got) + " is not possible (" + label() + "): expected " +
			expected() + ".");
	}

	private String expected() {
		if (!choices().isEmpty()) return String.join(" or ", choices());
		if (isBoolean()) return "true or false";
		final String from = annotation.min().isEmpty() ? "" : " from " + annotation.min();
		final String to = annotation.max().isEmpty() ? from.isEmpty() ? "" : " upwards" : " to " + annotation.max();
		return (isWhole() ? "a whole number" : "a number") + from + to;
	}
}
