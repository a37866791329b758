package io.github.nuclei4j.image;

import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Fast readers of images that lie in primitive arrays: array images, and planar images with one array per channel.
 */
final class ArrayRows {

	private static final float[] BYTE_TO_UNIT = new float[256];
	static {
		for (int i = 0; i < 256; i++) {
			BYTE_TO_UNIT[i] = i / 255f;
		}
	}

	private ArrayRows() {
		// static methods only
	}

	/**
	 * A reader of the image's arrays, or null if the image doesn't lie in arrays of a type known here.
	 *
	 * @param known range of floating point values; null to find it
	 */
	static NormalizedImage.RowSource of(final RandomAccessibleInterval<?> image, final ValueRange known) {
		final Object[] accesses = accesses(image);
		if (accesses == null) return null;
		final Object type = image.getType();
		final int width = (int) image.dimension(0);
		final int plane = image instanceof ArrayImg ? (int) (image.dimension(0) * image.dimension(1)) : 0;
		if (type instanceof UnsignedByteType && all(accesses, ByteArray.class)) {
			final byte[][] arrays = new byte[accesses.length][];
			for (int i = 0; i < arrays.length; i++) {
				arrays[i] = ((ByteArray) accesses[i]).getCurrentStorageArray();
			}
			return bytes(arrays, width, plane);
		}
		if (type instanceof UnsignedShortType && all(accesses, ShortArray.class)) {
			final short[][] arrays = new short[accesses.length][];
			for (int i = 0; i < arrays.length; i++) {
				arrays[i] = ((ShortArray) accesses[i]).getCurrentStorageArray();
			}
			return shorts(arrays, width, plane);
		}
		if (type instanceof FloatType && all(accesses, FloatArray.class)) {
			final float[][] arrays = new float[accesses.length][];
			for (int i = 0; i < arrays.length; i++) {
				arrays[i] = ((FloatArray) accesses[i]).getCurrentStorageArray();
			}
			return floats(arrays, width, plane, known == null ? rangeOf(arrays) : known);
		}
		if (type instanceof ARGBType && all(accesses, IntArray.class)) {
			return colors(((IntArray) accesses[0]).getCurrentStorageArray(), width);
		}
		return null;
	}

	/**
	 * How often each level, from 0 to 255 or 65,535, occurs in the first three channels of an image in arrays of whole
	 * numbers or colours; a single channel counts three times, with two the third is 0. Null for others.
	 */
	static long[] levels(final RandomAccessibleInterval<?> image) {
		final Object[] accesses = accesses(image);
		if (accesses == null) return null;
		final int plane = (int) (image.dimension(0) * image.dimension(1));
		final int channels = image.numDimensions() > 2 ? (int) image.dimension(2) : 1;
		final int levels = image.getType() instanceof UnsignedShortType ? 65536 : 256;
		if (image.getType() instanceof ARGBType && all(accesses, IntArray.class)) {
			final int[] colors = ((IntArray) accesses[0]).getCurrentStorageArray();
			return sum(plane, levels, (from, to, counts) -> count(colors, from, to, counts));
		}
		final long[] counts = new long[levels];
		for (int c = 0; c < Math.min(3, channels); c++) {
			final Object access = accesses[accesses.length == 1 ? 0 : c];
			final int start = accesses.length == 1 ? c * plane : 0;
			final int weight = channels == 1 ? 3 : 1;
			final Counter counter;
			if (image.getType() instanceof UnsignedByteType && access instanceof ByteArray) {
				final byte[] array = ((ByteArray) access).getCurrentStorageArray();
				counter = (from, to, part) -> {
					for (int i = start + from; i < start + to; i++) part[array[i] & 0xff]++;
				};
			}
			else if (image.getType() instanceof UnsignedShortType && access instanceof ShortArray) {
				final short[] array = ((ShortArray) access).getCurrentStorageArray();
				counter = (from, to, part) -> {
					for (int i = start + from; i < start + to; i++) part[array[i] & 0xffff]++;
				};
			}
			else return null;
			final long[] sum = sum(plane, levels, counter);
			for (int k = 0; k < levels; k++) counts[k] += weight * sum[k];
		}
		// the missing third of two channels is 0
		if (channels == 2) counts[0] += plane;
		return counts;
	}

	/** Counts the levels of the pixels {@code from} to before {@code to}. */
	private interface Counter {

		void count(int from, int to, long[] counts);
	}

	/** Counts of all pixels, as many parts as there are processors, at the same time. */
	private static long[] sum(final int pixels, final int levels, final Counter counter) {
		final long[] counts = new long[levels];
		final int part = Math.max(1 << 16, pixels / Runtime.getRuntime().availableProcessors() + 1);
		ParallelRows.run(pixels, part, (from, to) -> {
			final long[] own = new long[levels];
			counter.count(from, to, own);
			synchronized (counts) {
				for (int k = 0; k < levels; k++) counts[k] += own[k];
			}
		});
		return counts;
	}

	private static void count(final int[] colors, final int from, final int to, final long[] counts) {
		// one table for each: processors wait where a count follows upon the same count
		final int[] reds = new int[256];
		final int[] greens = new int[256];
		final int[] blues = new int[256];
		for (int i = from; i < to; i++) {
			final int color = colors[i];
			reds[color >> 16 & 0xff]++;
			greens[color >> 8 & 0xff]++;
			blues[color & 0xff]++;
		}
		for (int k = 0; k < counts.length; k++) counts[k] = (long) reds[k] + greens[k] + blues[k];
	}

	private static Object[] accesses(final RandomAccessibleInterval<?> image) {
		if (image instanceof ArrayImg) return new Object[] { ((ArrayImg<?, ?>) image).update(null) };
		if (!(image instanceof PlanarImg)) return null;
		final PlanarImg<?, ?> planar = (PlanarImg<?, ?>) image;
		final Object[] accesses = new Object[planar.numSlices()];
		for (int i = 0; i < accesses.length; i++) {
			accesses[i] = planar.getPlane(i);
		}
		return accesses;
	}

	private static boolean all(final Object[] accesses, final Class<?> type) {
		for (final Object access : accesses) {
			if (!type.isInstance(access)) return false;
		}
		return accesses.length > 0;
	}

	/** Whether the positions are those of neighbouring pixels in their order, which can be read faster. */
	private static boolean consecutive(final int[] xs) {
		if (xs.length == 0) return false;
		final int first = xs[0];
		int different = 0;
		for (int i = 0; i < xs.length; i++) different |= xs[i] - first - i;
		return different == 0;
	}

	/** With one array the channels follow each other in it, {@code plane} values apart; otherwise each has its own. */
	private static NormalizedImage.RowSource bytes(final byte[][] arrays, final int width, final int plane) {
		return (channel, y, xs, out, offset) -> {
			final byte[] array = arrays.length == 1 ? arrays[0] : arrays[channel];
			final int start = (arrays.length == 1 ? channel * plane : 0) + y * width;
			for (int i = 0; i < xs.length; i++) {
				out[offset + i] = BYTE_TO_UNIT[array[start + xs[i]] & 0xff];
			}
		};
	}

	private static NormalizedImage.RowSource shorts(final short[][] arrays, final int width, final int plane) {
		return (channel, y, xs, out, offset) -> {
			final short[] array = arrays.length == 1 ? arrays[0] : arrays[channel];
			final int start = (arrays.length == 1 ? channel * plane : 0) + y * width;
			for (int i = 0; i < xs.length; i++) {
				out[offset + i] = (array[start + xs[i]] & 0xffff) / 65535f;
			}
		};
	}

	private static ValueRange rangeOf(final float[][] arrays) {
		final ValueRange.Finder finder = new ValueRange.Finder();
		for (final float[] array : arrays) {
			for (final float value : array) {
				finder.add(value);
			}
		}
		return finder.range();
	}

	private static NormalizedImage.RowSource floats(final float[][] arrays, final int width, final int plane,
		final ValueRange range)
	{
		return (channel, y, xs, out, offset) -> {
			final float[] array = arrays.length == 1 ? arrays[0] : arrays[channel];
			final int start = (arrays.length == 1 ? channel * plane : 0) + y * width;
			for (int i = 0; i < xs.length; i++) {
				out[offset + i] = range.toUnit(array[start + xs[i]]);
			}
		};
	}

	private static NormalizedImage.RowSource colors(final int[] array, final int width) {
		return (channel, y, xs, out, offset) -> {
			final int shift = 16 - 8 * channel;
			final int start = y * width;
			if (consecutive(xs)) {
				final int first = start + xs[0];
				for (int i = 0; i < xs.length; i++) out[offset + i] = BYTE_TO_UNIT[array[first + i] >> shift & 0xff];
				return;
			}
			for (int i = 0; i < xs.length; i++) {
				out[offset + i] = BYTE_TO_UNIT[array[start + xs[i]] >> shift & 0xff];
			}
		};
	}
}
