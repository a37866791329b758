package io.github.nuclei4j.command;

/** A value that a dialog's list offers. Immutable. */
final class Suggestion {

	private final String value;
	private final String item;
	private final String about;

	/**
	 * @param value of the parameter
	 * @param item in the list
	 * @param about a line on it, may be empty
	 */
	Suggestion(final String value, final String item, final String about) {
		this.value = value;
		this.item = item;
		this.about = about;
	}

	/** The value of the parameter. */
	String value() {
		return value;
	}

	/** What the list shows. */
	String item() {
		return item;
	}

	/** A line on it, may be empty. */
	String about() {
		return about;
	}
}
