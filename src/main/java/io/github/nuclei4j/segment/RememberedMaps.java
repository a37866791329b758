package io.github.nuclei4j.segment;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import ij.ImagePlus;
import ij.ImageStack;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * The maps predicted last, for as long as they would be the same: the pixels of the plane, the rectangle and the options
 * that the network depends on have not changed. For one thread at a time.
 */
final class RememberedMaps {

	/** So many maps of one rectangle: a quick look and a thorough one. */
	private static final int MOST = 2;

	private final long mostBytes;
	private final Deque<Entry> entries = new ArrayDeque<>();
	private String channelOf;
	private ChannelChoice channel;

	/** @param mostBytes larger maps are forgotten */
	RememberedMaps(final long mostBytes) {
		this.mostBytes = mostBytes;
	}

	/**
	 * The maps of a plane: those remembered, or else new ones.
	 *
	 * @param wanted in pixels
	 */
	PredictedPlane of(final ImagePlus image, final int slice, final int frame, final Interval part,
		final SegmentationOptions wanted, final Supplier<PredictedPlane> prediction)
	{
		final int[] place = place(image, slice, frame);
		final Optional<Entry> known = find(place, part, wanted);
		if (known.isPresent()) return known.get().predicted;
		// before predicting, which needs memory
		entries.removeIf(entry -> !entry.isOf(place, part));
		if (entries.size() == MOST) entries.removeFirst();
		final PredictedPlane predicted = prediction.get();
		if (Float.BYTES * predicted.maps.size() <= mostBytes) entries.addLast(new Entry(place, part, wanted, predicted));
		return predicted;
	}

	/** The channel of an image: the one chosen last, for as long as the plane that the image shows is the same, or else a new one. */
	ChannelChoice channel(final ImagePlus image, final SegmentationOptions wanted, final Supplier<ChannelChoice> choice) {
		final int[] current = image.convertIndexToPosition(image.getCurrentSlice());
		final String key = System.identityHashCode(image) + Arrays.toString(place(image, current[1], current[2])) + wanted
			.channel() + wanted.diameter() + wanted.mode();
		if (!key.equals(channelOf)) {
			channel = choice.get();
			channelOf = key;
		}
		return channel;
	}

	/** Whether the maps of a plane are remembered. */
	boolean has(final ImagePlus image, final int slice, final int frame, final Interval part,
		final SegmentationOptions wanted)
	{
		return find(place(image, slice, frame), part, wanted).isPresent();
	}

	private Optional<Entry> find(final int[] place, final Interval part, final SegmentationOptions wanted) {
		return entries.stream().filter(entry -> entry.isOf(place, part) && entry.options.predictsAs(wanted)).findFirst();
	}

	/** Maps and what they are of. */
	private static final class Entry {

		private final int[] place;
		private final Interval region;
		private final SegmentationOptions options;
		private final PredictedPlane predicted;

		Entry(final int[] place, final Interval region, final SegmentationOptions options, final PredictedPlane predicted) {
			this.place = place;
			this.region = region;
			this.options = options;
			this.predicted = predicted;
		}

		boolean isOf(final int[] otherPlace, final Interval part) {
			return Intervals.equals(region, part) && Arrays.equals(place, otherPlace);
		}
	}

	private static int[] place(final ImagePlus image, final int slice, final int frame) {
		return new int[] { slice, frame, image.getWidth(), image.getHeight(), image.getNChannels(), checksum(image, slice,
			frame) };
	}

	private static int checksum(final ImagePlus image, final int slice, final int frame) {
		final ImageStack stack = image.getStack();
		int sum = Objects.hash(image.getType());
		for (int c = 1; c <= image.getNChannels(); c++) {
			final Object plane = stack.getPixels(image.getStackIndex(c, slice, frame));
			if (plane instanceof byte[]) sum = 31 * sum + Arrays.hashCode((byte[]) plane);
			else if (plane instanceof short[]) sum = 31 * sum + Arrays.hashCode((short[]) plane);
			else if (plane instanceof float[]) sum = 31 * sum + Arrays.hashCode((float[]) plane);
			else sum = 31 * sum + Arrays.hashCode((int[]) plane);
		}
		return sum;
	}
}
