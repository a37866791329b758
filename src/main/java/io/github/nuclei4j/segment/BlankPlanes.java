package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import io.github.nuclei4j.image.LargeImage;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Cast;
import net.imglib2.view.Views;

/**
 * Finds planes of one single value. Readers fill what a damaged file or an interrupted acquisition lacks with zeros; a camera's
 * noise never is the same in all pixels. Of planes with content only the first pixels are read.
 */
public final class BlankPlanes {

	/** Most planes listed by number. */
	private static final int LISTED = 5;

	private final LargeImage image;
	private final List<Integer> blank = new ArrayList<>();
	private final List<String> values = new ArrayList<>();

	private BlankPlanes(final LargeImage image) {
		this.image = image;
	}

	/**
	 * A sentence on the blank planes of an image, of all channels; empty if there are none.
	 *
	 * @throws java.io.UncheckedIOException where a file is damaged
	 */
	public static String note(final LargeImage image) {
		final BlankPlanes planes = new BlankPlanes(image);
		for (int frame = 1; frame <= image.frames(); frame++) {
			for (int slice = 1; slice <= image.slices(); slice++) planes.look(slice, frame);
		}
		return planes.note(image.channels() * image.slices() * image.frames());
	}

	/** As {@link #note(LargeImage)}, of the channels of one slice in one frame, both from 1. */
	public static String note(final LargeImage image, final int slice, final int frame) {
		final BlankPlanes planes = new BlankPlanes(image);
		planes.look(slice, frame);
		return planes.note(image.channels());
	}

	private void look(final int slice, final int frame) {
		final int channels = image.channels();
		for (int channel = 1; channel <= channels; channel++) {
			final String value = onlyValue(image.plane(channels == 1 ? 0 : channel, slice, frame));
			if (value == null) continue;
			blank.add(((frame - 1) * image.slices() + slice - 1) * channels + channel - 1);
			values.add(value);
		}
	}

	/** The value of all pixels; null if there are several, or a single pixel. */
	private static String onlyValue(final RandomAccessibleInterval<? extends NumericType<?>> plane) {
		if (plane.dimension(0) * plane.dimension(1) < 2) return null;
		final Iterator<? extends NumericType<?>> pixels = Views.iterable(plane).iterator();
		if (plane.getType() instanceof ARGBType) {
			final Iterator<ARGBType> colors = Cast.unchecked(pixels);
			final int first = colors.next().get() & 0xffffff;
			while (colors.hasNext()) if ((colors.next().get() & 0xffffff) != first) return null;
			return (first >> 16) + ", " + (first >> 8 & 0xff) + ", " + (first & 0xff);
		}
		final Iterator<RealType<?>> numbers = Cast.unchecked(pixels);
		final double first = numbers.next().getRealDouble();
		while (numbers.hasNext()) if (Double.compare(numbers.next().getRealDouble(), first) != 0) return null;
		return first == Math.rint(first) && Math.abs(first) < Long.MAX_VALUE ? Long.toString((long) first) : Double.toString(first);
	}

	private String note(final int looked) {
		if (blank.isEmpty()) return "";
		final boolean same = Collections.frequency(values, values.get(0)) == values.size();
		final String value = same ? " (" + values.get(0) + ")" : "";
		if (blank.size() == looked) return (looked == 1 && image.slices() * image.frames() > 1 ? "The plane" : "The image") +
			(same ? " holds one value only" + value : " holds one value only in each of its planes") + ": there is nothing to " +
			"see in it. The file may be cut short or the acquisition incomplete.";
		final StringBuilder text = new StringBuilder(blank.size() == 1 ? "Plane " : "Planes ");
		for (int i = 0; i < Math.min(LISTED, blank.size()); i++) {
			if (i > 0) text.append(blank.size() <= LISTED && i == blank.size() - 1 ? " and " : ", ");
			text.append(blank.get(i) + 1).append(place(blank.get(i)));
		}
		if (blank.size() > LISTED) text.append(" and ").append(blank.size() - LISTED).append(" more");
		return text + " of " + image.channels() * image.slices() * image.frames() + (blank.size() == 1 ? " holds" : " hold") +
			" one value only" + value + ": the file may be cut short or the acquisition incomplete.";
	}

	/** Where a plane is in an image of several dimensions. */
	private String place(final int plane) {
		final List<String> words = new ArrayList<>();
		if (image.channels() > 1) words.add("channel " + (plane % image.channels() + 1));
		if (image.slices() > 1) words.add("slice " + (plane / image.channels() % image.slices() + 1));
		if (image.frames() > 1) words.add("frame " + (plane / image.channels() / image.slices() + 1));
		return words.size() < 2 && image.channels() == 1 ? "" : " (" + String.join(", ", words) + ")";
	}
}
