package io.github.nuclei4j.image;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;

/**
 * An image read as three channels of values from 0 to 1, without copying it: 8-bit values and colour components are divided
 * by 255, unsigned 16-bit values by 65535, other integer types mapped by their type's range. Floating point values stay as
 * they are if the whole image lies in 0..1, otherwise the image's finite minimum and maximum become 0 and 1 (a constant
 * image and NaN give 0; positive infinity gives 1). One source channel is repeated three times, two become (first, second,
 * 0), of more the first three count. Safe to use from several threads.
 */
public final class NormalizedImage {

	private static final int CHANNELS = 3;

	private final int width;
	private final int height;
	private final int sourceChannels;
	private final RowSource source;
	private final RandomAccessibleInterval<?> image;
	private final ValueRange range;

	/** What stands in a channel that the image doesn't have. */
	private final float nothing;

	private NormalizedImage(final RandomAccessibleInterval<?> image, final int width, final int height,
		final int sourceChannels, final ValueRange range, final RowSource source, final float nothing)
	{
		this.nothing = nothing;
		this.image = image;
		this.range = range;
		this.width = width;
		this.height = height;
		this.sourceChannels = sourceChannels;
		this.source = source;
	}

	/**
	 * A view of an image.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 * @throws IllegalArgumentException if the axes or the type are others
	 */
	public static NormalizedImage of(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		return of(image, null);
	}

	/**
	 * A view of an image whose range of values is known, so that no pixels are read for it.
	 *
	 * @param image as for {@link #of(RandomAccessibleInterval)}
	 * @param known the {@link #range()} that another view of the same image found; null to find it
	 */
	public static NormalizedImage of(final RandomAccessibleInterval<? extends NumericType<?>> image, final ValueRange known) {
		requirePlane(image);
		final boolean color = image.getType() instanceof ARGBType;
		final int axes = image.numDimensions();
		final int channels = color ? CHANNELS : axes == 3 ? (int) image.dimension(2) : 1;
		final RowSource arrays = ArrayRows.of(image, known);
		final ValueRange range = arrays != null || color ? null : known != null ? known : rangeOf(reals(image));
		final RowSource source = arrays != null ? arrays : color ? colorRows(image) : realRows(image, range);
		return new NormalizedImage(image, (int) image.dimension(0), (int) image.dimension(1), channels, range, source, 0);
	}

	/** Images of one size and kind below each other, as one image. */
	public static NormalizedImage stacked(final NormalizedImage... images) {
		final NormalizedImage first = images[0];
		return new NormalizedImage(null, first.width, Math.multiplyExact(first.height, images.length), first.sourceChannels,
			first.range, (channel, y, xs, out, offset) -> images[y / first.height].row(channel, y % first.height, xs, out,
				offset), first.nothing);
	}

	/** @throws IllegalArgumentException if the axes or the type are not such as {@link #of} takes */
	static void requirePlane(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final int axes = image.numDimensions();
		final NumericType<?> type = image.getType();
		final boolean color = type instanceof ARGBType;
		if (axes != 2 && (axes != 3 || color)) {
			throw new IllegalArgumentException("An image of " + axes + " axes of " + type.getClass().getSimpleName() +
				" can't be read: expected (x, y), or (x, y, channel) of numbers. Take one plane of it first.");
		}
		if (!color && !(type instanceof RealType)) {
			throw new IllegalArgumentException("Pixels of " + type.getClass().getSimpleName() +
				" can't be read: expected real numbers or ARGB. Convert the image first.");
		}
		for (int d = 0; d < axes; d++) {
			if (image.dimension(d) < 1 || image.dimension(d) > Integer.MAX_VALUE) {
				throw new IllegalArgumentException("An image whose axis " + d + " has length " + image.dimension(d) +
					" can't be read: expected 1 to " + Integer.MAX_VALUE + ".");
			}
		}
	}

	/** Width of the image in pixels. */
	public int width() {
		return width;
	}

	/** Height of the image in pixels. */
	public int height() {
		return height;
	}

	/** The values that become 0 and 1; null for images to which it doesn't matter, or that lie in memory. */
	public ValueRange range() {
		return range;
	}

	/** This view with other values, which are computed when they are read. */
	public NormalizedImage mapped(final ValueMap map) {
		final float[] empty = { nothing };
		map.apply(empty, 0, 1);
		return new NormalizedImage(null, width, height, sourceChannels, range, (channel, y, xs, out, offset) -> {
			source.row(channel, y, xs, out, offset);
			map.apply(out, offset, offset + xs.length);
		}, empty[0]);
	}

	/** Changes values in place. */
	public interface ValueMap {

		/** Changes the values from an index to before another. */
		void apply(float[] values, int from, int to);
	}

	/**
	 * How often each value occurs in the three channels, for images of 8- or 16-bit numbers or colours that lie in memory: of
	 * {@code n} counts the one at {@code k} is that of the value {@code k / (n - 1f)}. Null for others.
	 */
	public long[] counts() {
		return image == null ? null : ArrayRows.levels(image);
	}

	/** This with other values in some places; this itself without any. */
	public NormalizedImage patched(final List<PixelPatch> patches) {
		if (patches.isEmpty()) return this;
		return new NormalizedImage(null, width, height, sourceChannels, range, (channel, y, xs, out, offset) -> {
			source.row(channel, y, xs, out, offset);
			for (final PixelPatch patch : patches) patch.apply(channel, y, xs, out, offset);
		}, nothing);
	}

	/**
	 * Copies a rectangle; where it leaves the image, the image continues mirrored about its outermost pixels (which aren't
	 * repeated), as often as needed.
	 *
	 * @param x0 left edge, may be negative
	 * @param y0 upper edge, may be negative
	 * @param w width of the rectangle
	 * @param h height of the rectangle
	 * @param chw receives three planes one after the other, each row by row; at least {@code 3 * w * h} long
	 */
	public void copy(final int x0, final int y0, final int w, final int h, final float[] chw) {
		if (w < 0 || h < 0 || chw.length < (long) CHANNELS * w * h) {
			throw new IllegalArgumentException("A rectangle of " + w + " x " + h + " pixels needs room for " + (long) CHANNELS *
				w * h + " values, got an array of " + chw.length + ".");
		}
		final int plane = w * h;
		final int[] xs = new int[w];
		for (int i = 0; i < w; i++) {
			xs[i] = mirror((long) x0 + i, width);
		}
		for (int c = 0; c < readChannels(); c++) {
			for (int j = 0; j < h; j++) {
				source.row(c, mirror((long) y0 + j, height), xs, chw, c * plane + j * w);
			}
		}
		completeChannels(chw, plane);
	}

	/**
	 * The rows of a rectangle, as {@link #copy} reads them, without holding them all in memory.
	 *
	 * @param x0 left edge, may be negative
	 * @param y0 upper edge, may be negative
	 * @param w width of the rectangle
	 * @param h height of the rectangle
	 * @param sink receives the rows of the first channel, of the second, and of the third
	 */
	public void rows(final int x0, final int y0, final int w, final int h, final Consumer<float[]> sink) {
		final int[] xs = new int[w];
		for (int i = 0; i < w; i++) xs[i] = mirror((long) x0 + i, width);
		final float[] row = new float[w];
		for (int c = 0; c < CHANNELS; c++) {
			final boolean missing = sourceChannels == 2 && c == 2;
			if (missing) Arrays.fill(row, nothing);
			for (int j = 0; j < h; j++) {
				if (!missing) source.row(sourceChannels == 1 ? 0 : c, mirror((long) y0 + j, height), xs, row, 0);
				sink.accept(row);
			}
		}
	}

	/** How many of the three channels come from the image; the others follow by {@link #completeChannels}. */
	public int readChannels() {
		return Math.min(CHANNELS, sourceChannels);
	}

	/** Fills the planes of the channels the image doesn't have. */
	public void completeChannels(final float[] chw, final int plane) {
		if (sourceChannels == 1) {
			System.arraycopy(chw, 0, chw, plane, plane);
			System.arraycopy(chw, 0, chw, 2 * plane, plane);
		}
		else if (sourceChannels == 2) {
			Arrays.fill(chw, 2 * plane, 3 * plane, nothing);
		}
	}

	/** Reads the pixels at the positions {@code xs} (inside the image) of one row into {@code out} from {@code offset} on. */
	public void row(final int channel, final int y, final int[] xs, final float[] out, final int offset) {
		source.row(channel, y, xs, out, offset);
	}

	/**
	 * The position inside 0..size-1 that a position maps to when the axis is mirrored about its first and last pixel without
	 * repeating them: -1 becomes 1, size becomes size - 2.
	 */
	public static int mirror(final long position, final int size) {
		if (position >= 0 && position < size) return (int) position;
		if (size == 1) return 0;
		final long period = 2L * (size - 1);
		final long phase = Math.floorMod(position, period);
		return (int) (phase < size ? phase : period - phase);
	}

	/** Reads rows of an image; implementations keep no state between calls. */
	interface RowSource {

		void row(int channel, int y, int[] xs, float[] out, int offset);
	}

	@SuppressWarnings("unchecked")
	private static RowSource colorRows(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final RandomAccessibleInterval<ARGBType> colors = (RandomAccessibleInterval<ARGBType>) image;
		final long minX = image.min(0);
		final long minY = image.min(1);
		return (channel, y, xs, out, offset) -> {
			final RandomAccess<ARGBType> access = colors.randomAccess();
			final int shift = 16 - 8 * channel;
			access.setPosition(minY + y, 1);
			for (int i = 0; i < xs.length; i++) {
				access.setPosition(minX + xs[i], 0);
				out[offset + i] = (access.get().get() >> shift & 0xff) / 255f;
			}
		};
	}

	@SuppressWarnings("unchecked")
	private static RandomAccessibleInterval<? extends RealType<?>> reals(final RandomAccessibleInterval<?> image) {
		return (RandomAccessibleInterval<? extends RealType<?>>) image;
	}

	private static RowSource realRows(final RandomAccessibleInterval<?> image, final ValueRange range) {
		final RandomAccessibleInterval<? extends RealType<?>> reals = reals(image);
		final long minX = image.min(0);
		final long minY = image.min(1);
		final boolean planes = image.numDimensions() == 3;
		final long minC = planes ? image.min(2) : 0;
		return (channel, y, xs, out, offset) -> {
			final RandomAccess<? extends RealType<?>> access = reals.randomAccess();
			access.setPosition(minY + y, 1);
			if (planes) access.setPosition(minC + channel, 2);
			for (int i = 0; i < xs.length; i++) {
				access.setPosition(minX + xs[i], 0);
				out[offset + i] = range.toUnit(access.get().getRealDouble());
			}
		};
	}

	private static ValueRange rangeOf(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final RealType<?> type = image.getType();
		if (type instanceof IntegerType) return new ValueRange(type.getMinValue(), type.getMaxValue());
		final ValueRange.Finder finder = new ValueRange.Finder();
		for (final RealType<?> value : image) {
			finder.add(value.getRealDouble());
		}
		return finder.range();
	}
}
