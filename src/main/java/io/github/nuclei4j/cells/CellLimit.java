package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.process.AutoThresholder;
import io.github.nuclei4j.segment.Automatic;

/**
 * Where cells may be: in pixels of a channel that are at or above a threshold, such as those of the cytoplasm; or below it, so
 * that cells end at a bright membrane. Of each cell what is connected with the nucleus is kept. Immutable.
 */
public final class CellLimit implements Serializable {

	private static final long serialVersionUID = 1;
	private static final int BINS = 256;
	private static final Pattern TEXT = Pattern.compile("(.+?)(?::(auto|[-+]?[\\d.]+(?:[eE][-+]?\\d+)?))?(?::(above|below))?");

	private final String channel;
	private final Double threshold;
	private final boolean below;

	private CellLimit(final String channel, final Double threshold, final boolean below) {
		this.channel = channel;
		this.threshold = threshold;
		this.below = below;
	}

	/**
	 * A limit by a channel.
	 *
	 * @param channel its number from 1 or its name
	 * @param threshold in calibrated grey values without background correction; empty for Otsu's (1979) of each plane
	 * @param below whether cells are where the channel is below the threshold
	 */
	public static CellLimit of(final String channel, final OptionalDouble threshold, final boolean below) {
		return new CellLimit(channel.trim(), threshold.isPresent() ? threshold.getAsDouble() : null, below);
	}

	/**
	 * Reads {@code CHANNEL}, {@code CHANNEL:THRESHOLD} or {@code CHANNEL:THRESHOLD:below}, where the threshold is a number or
	 * auto.
	 *
	 * @throws IllegalArgumentException if it is none of them
	 */
	public static CellLimit parse(final String text) {
		final Matcher matcher = TEXT.matcher(text.trim());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("The limit of the cells must be CHANNEL, CHANNEL:THRESHOLD or CHANNEL:THRESHOLD:below, got '" +
				text + "'.");
		}
		return of(matcher.group(1), matcher.group(2) == null ? OptionalDouble.empty() : Automatic.number("threshold", matcher.group(
			2)), "below".equals(matcher.group(3)));
	}

	/** The channel's number from 1, or its name. */
	String channel() {
		return channel;
	}

	/** Which pixels of a plane cells may have. */
	CellMap.Allowed in(final float[] plane) {
		final double limit = threshold == null ? otsu(plane) : threshold;
		return below ? i -> plane[i] < limit : i -> plane[i] >= limit;
	}

	/** Otsu's threshold (1979) of the values that are numbers, over 256 bins: the upper class is at and above it. */
	private static double otsu(final float[] values) {
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		for (final float value : values) {
			if (!Float.isFinite(value)) continue;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		if (!(high > low)) return low;
		final int[] histogram = new int[BINS];
		final double scale = BINS / (high - low);
		for (final float value : values) {
			if (Float.isFinite(value)) histogram[(int) Math.min(BINS - 1, (value - low) * scale)]++;
		}
		return low + (AutoThresholder.Otsu(histogram) + 1) / scale;
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		return channel + ":" + (threshold == null ? Automatic.WORD : Automatic.text(threshold)) + (below ? ":below" : "");
	}
}
