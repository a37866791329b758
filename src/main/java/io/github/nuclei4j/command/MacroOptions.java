package io.github.nuclei4j.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.nuclei4j.util.Messages;

/**
 * Reads the options of a macro's {@code run(command, options)} by ImageJ's rules: {@code key=value} separated by spaces,
 * values with spaces in brackets or single quotes. A key alone is ImageJ's way to switch something on.
 */
final class MacroOptions {

	private final String text;
	private int position;

	private MacroOptions(final String text) {
		this.text = text;
	}

	/**
	 * Splits options into keys and values, in order; a key alone has the value null.
	 *
	 * @throws IllegalArgumentException if a key is given twice or a bracket isn't closed
	 */
	static Map<String, String> parse(final String text) {
		return new MacroOptions(text).parse();
	}

	private Map<String, String> parse() {
		final Map<String, String> values = new LinkedHashMap<>();
		while (skipSpace()) {
			final String key = word("= ");
			final boolean isAlone = position == text.length() || text.charAt(position) != '=';
			if (!isAlone) position++;
			if (values.containsKey(key)) {
				throw new IllegalArgumentException("'" + Messages.quoted(key) + "' is given twice: keep one of the two.");
			}
			values.put(key, isAlone ? null : value(key));
		}
		return values;
	}

	private boolean skipSpace() {
		while (position < text.length() && Character.isWhitespace(text.charAt(position))) position++;
		return position < text.length();
	}

	private String word(final String ends) {
		final int start = position;
		while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) position++;
		return text.substring(start, position);
	}

	private String value(final String key) {
		final char first = position < text.length() ? text.charAt(position) : ' ';
		if (first != '[' && first != '\'') return word(" ");
		final int start = ++position;
		int open = 1;
		for (; position < text.length(); position++) {
			final char c = text.charAt(position);
			if (first == '[' && c == '[') open++;
			if (c == (first == '[' ? ']' : '\'') && --open == 0) return text.substring(start, position++);
		}
		throw new IllegalArgumentException("The value of '" + Messages.quoted(key) + "' begins with " + first +
			" but isn't closed: " + Messages.quoted(text.substring(start - 1).trim()));
	}
}
