package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** When a nucleus is positive for a marker: a channel's measure in a compartment at or above a threshold. Immutable. */
public final class MarkerRule implements Serializable {

	private static final long serialVersionUID = 1;

	/** More would make over 250 classes. */
	private static final int MOST = 8;

	private final String channel;
	private final CellCompartment compartment;
	private final CellMeasure measure;
	private final Threshold threshold;

	private MarkerRule(final String channel, final CellCompartment compartment, final CellMeasure measure, final Threshold threshold) {
		this.channel = channel;
		this.compartment = compartment;
		this.measure = measure;
		this.threshold = threshold;
	}

	/** @param channel its number from 1, or its name */
	public static MarkerRule of(final String channel, final CellCompartment compartment, final CellMeasure measure, final Threshold threshold) {
		if (channel.trim().isEmpty()) throw new IllegalArgumentException("The channel of a marker is empty: give its number, from 1, or its name.");
		return new MarkerRule(channel.trim(), Objects.requireNonNull(compartment, "compartment"), Objects.requireNonNull(measure, "measure"), Objects
			.requireNonNull(threshold, "threshold"));
	}

	/**
	 * Reads {@code CHANNEL=THRESHOLD}, {@code CHANNEL:COMPARTMENT=THRESHOLD} or {@code CHANNEL:COMPARTMENT:MEASURE=THRESHOLD}; by default the
	 * mean of the nucleus.
	 *
	 * @throws IllegalArgumentException that says what can be given
	 */
	public static MarkerRule parse(final String text) {
		final int equals = text.lastIndexOf('=');
		if (equals < 1) throw new IllegalArgumentException("A marker must be CHANNEL=THRESHOLD or CHANNEL:COMPARTMENT:MEASURE=THRESHOLD, such as " +
			"2:nucleus:mean=otsu, got '" + text.trim() + "'.");
		final Threshold threshold = Threshold.parse(text.substring(equals + 1));
		String channel = text.substring(0, equals).trim();
		CellMeasure measure = CellMeasure.MEAN;
		CellCompartment compartment = CellCompartment.NUCLEUS;
		final String last = after(channel);
		for (final CellMeasure value : CellMeasure.values()) {
			if (!value.toString().equals(last)) continue;
			measure = value;
			channel = before(channel);
			break;
		}
		for (final CellCompartment value : CellCompartment.values()) {
			if (!value.toString().equals(after(channel))) continue;
			compartment = value;
			channel = before(channel);
			break;
		}
		final String left = after(channel);
		if (left != null && left.matches("[a-z]+") && before(channel).matches("\\d+")) {
			throw new IllegalArgumentException("'" + left + "' of the marker '" + text.trim() + "' is neither a compartment (" + words(CellCompartment
				.values()) + ") nor a measure (" + words(CellMeasure.values()) + "); they follow the channel in this order.");
		}
		return of(channel, compartment, measure, threshold);
	}

	private static String after(final String text) {
		final int colon = text.lastIndexOf(':');
		return colon < 0 ? null : text.substring(colon + 1).trim().toLowerCase(Locale.ROOT);
	}

	private static String before(final String text) {
		return text.substring(0, text.lastIndexOf(':')).trim();
	}

	/**
	 * Reads rules with semicolons between them.
	 *
	 * @return none for an empty text, eight at most
	 */
	public static List<MarkerRule> parseAll(final String text) {
		final List<MarkerRule> rules = new ArrayList<>();
		for (final String part : text.split(";")) if (!part.trim().isEmpty()) rules.add(parse(part));
		if (rules.size() > MOST) throw new IllegalArgumentException(rules.size() + " markers were given, but at most " + MOST + " can be combined.");
		return Collections.unmodifiableList(rules);
	}

	/** The compartment of a word. */
	public static CellCompartment compartment(final String word) {
		return one(CellCompartment.values(), word, "compartment");
	}

	/** The measure of a word. */
	public static CellMeasure measure(final String word) {
		return one(CellMeasure.values(), word, "measure");
	}

	private static <T> T one(final T[] all, final String word, final String what) {
		for (final T value : all) if (value.toString().equals(word.trim().toLowerCase(Locale.ROOT))) return value;
		throw new IllegalArgumentException("There is no " + what + " '" + word + "'. There are: " + words(all) + ".");
	}

	private static String words(final Object[] all) {
		return Arrays.stream(all).map(Object::toString).collect(Collectors.joining(", "));
	}

	/** Number, from 1, or name of the channel. */
	public String channel() {
		return channel;
	}

	/** Where it is measured. */
	public CellCompartment compartment() {
		return compartment;
	}

	/** What is measured. */
	public CellMeasure measure() {
		return measure;
	}

	/** From which value on nuclei are positive. */
	public Threshold threshold() {
		return threshold;
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		return channel + ":" + compartment + ":" + measure + "=" + threshold;
	}
}
