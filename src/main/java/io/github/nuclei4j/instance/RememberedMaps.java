package io.github.nuclei4j.instance;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

import ij.ImagePlus;
import ij.ImageStack;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * The maps predicted last, for as long as they would be the same: the pixels of the plane, the rectangle and the options
 * that the network depends on have not changed. For one thread at a time.
 */
final class RememberedMaps {

	private final long mostBytes;
	private int[] place;
	private Interval region;
	private SegmentationOptions options;
	private Img<FloatType> maps;

	/** @param mostBytes larger maps are forgotten */
	RememberedMaps(final long mostBytes) {
		this.mostBytes = mostBytes;
	}

	/**
	 * The maps of a plane: those remembered, or else new ones.
	 *
	 * @param wanted in pixels
	 */
	Img<FloatType> of(final ImagePlus image, final int slice, final int frame, final Interval part,
		final SegmentationOptions wanted, final Supplier<Img<FloatType>> prediction)
	{
		if (has(image, slice, frame, part, wanted)) return maps;
		maps = null;
		final Img<FloatType> predicted = prediction.get();
		if (Float.BYTES * predicted.size() > mostBytes) return predicted;
		place = place(image, slice, frame);
		region = part;
		options = wanted;
		maps = predicted;
		return maps;
	}

	/** Whether the maps of a plane are remembered. */
	boolean has(final ImagePlus image, final int slice, final int frame, final Interval part,
		final SegmentationOptions wanted)
	{
		return maps != null && Intervals.equals(region, part) && options.predictsAs(wanted) && Arrays.equals(place, place(image,
			slice, frame));
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
