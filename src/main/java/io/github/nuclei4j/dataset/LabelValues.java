package io.github.nuclei4j.dataset;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.util.WarningLog;

/**
 * Turns the values of a label image into labels 1..n.
 */
public final class LabelValues {

	private LabelValues() {
		// static methods only
	}

	/**
	 * The values of an 8-, 16- or 32-bit image, row by row.
	 *
	 * @throws IOException for a colour image, or values that are no labels (fractions, negative, NaN, too large)
	 */
	public static int[] of(final ImagePlus image, final String described) throws IOException {
		if (image.getBitDepth() == 24 || image.getNChannels() > 1) throw LabelledFolderReader.colored(described);
		final ImageProcessor processor = image.getProcessor();
		final int[] values = new int[processor.getPixelCount()];
		final boolean floats = image.getBitDepth() == 32;
		for (int i = 0; i < values.length; i++) {
			if (floats) {
				final float value = processor.getf(i);
				values[i] = (int) value;
				if (values[i] != value || value < 0) {
					throw new IOException("The label image " + described + " has the value " + value + " at pixel (" + i %
						image.getWidth() + ", " + i / image.getWidth() + "); expected whole numbers from 0 on. Is it a label image?");
				}
			}
			else values[i] = processor.get(i);
		}
		return values;
	}

	/**
	 * Replaces the values in place by 1..n in their order; a binary mask's pieces (touching also by corners) are numbered
	 * instead, and that is reported, as is an image without any label.
	 */
	public static void number(final int[] values, final int width, final String described, final WarningLog warnings) {
		final TreeSet<Integer> distinct = new TreeSet<>();
		int last = 0;
		for (final int value : values) {
			if (value != last && value != 0) distinct.add(value);
			last = value;
		}
		if (distinct.isEmpty()) {
			warnings.add("Empty label image: " + described + " has no label.");
			return;
		}
		if (distinct.size() == 1) {
			final int value = distinct.first();
			final int pieces = components(values, width);
			if (pieces > 1 || value == 255 || value == 65535) {
				warnings.add("Binary mask: all labels in " + described + " have the value " + value + ", so that its " + pieces +
					" connected piece(s) count as nuclei; touching nuclei are not separated.");
			}
			return;
		}
		final Map<Integer, Integer> numbers = new HashMap<>();
		for (final Integer value : distinct) {
			numbers.put(value, numbers.size() + 1);
		}
		int from = 0;
		int to = 0;
		for (int i = 0; i < values.length; i++) {
			if (values[i] != from) {
				from = values[i];
				to = from == 0 ? 0 : numbers.get(from);
			}
			values[i] = to;
		}
	}

	/** Numbers the 8-connected pieces of non-zero pixels in the order of their first pixels; returns how many. */
	private static int components(final int[] values, final int width) {
		final int height = values.length / width;
		for (int i = 0; i < values.length; i++) {
			if (values[i] != 0) values[i] = -1;
		}
		final int[] stack = new int[values.length];
		int count = 0;
		for (int seed = 0; seed < values.length; seed++) {
			if (values[seed] != -1) continue;
			count++;
			int top = 0;
			stack[top++] = seed;
			values[seed] = count;
			while (top > 0) {
				final int at = stack[--top];
				final int x = at % width;
				final int y = at / width;
				for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
					for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
						if (values[v * width + u] != -1) continue;
						values[v * width + u] = count;
						stack[top++] = v * width + u;
					}
				}
			}
		}
		return count;
	}
}
