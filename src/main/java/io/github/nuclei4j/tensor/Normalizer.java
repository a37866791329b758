package io.github.nuclei4j.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * How pixel values, already in the unit range of their type, are brought to what the network was trained on. Fitted once
 * per image, over all its channels together so that colours are kept, then applied to every tile. A model file names it.
 */
public enum Normalizer {
		/** Values in the range of their type: 8-bit divided by 255, 16-bit by 65,535 (the published study's way). */
		UNIT_RANGE("unit-range") {

			@Override
			public Scaling fit(final float[] unitValues) {
				return Scaling.IDENTITY;
			}

			@Override
			public Scaling fit(final NormalizedImage pixels) {
				return Scaling.IDENTITY;
			}
		},
		/**
		 * The image's 1st percentile becomes 0 and its 99.8th becomes 1, without clipping, so that dim and 12-bit images look
		 * like any other. An image without contrast becomes 0.
		 */
		PERCENTILE("percentile") {

			@Override
			public Scaling fit(final float[] unitValues) {
				return scaling(percentiles(unitValues));
			}

			@Override
			public Scaling fit(final NormalizedImage pixels) {
				return scaling(percentiles(pixels));
			}
		},
		/**
		 * As {@link #PERCENTILE}, but a few very bright things, such as debris or a burst cell, don't make all others dark: 1 is at
		 * most twice as far from the background as the bright pixels of the typical part of the image ({@link PartLevels}). What is
		 * above 1 is compressed, see {@link Scaling}, so that hot pixels and debris stay below 2.
		 */
		ROBUST("robust") {

			@Override
			public Scaling fit(final float[] unitValues) {
				final int size = (int) Math.round(Math.sqrt(unitValues.length / 3.0));
				return limited(percentiles(unitValues), PartLevels.of(unitValues, size, unitValues.length / 3 / size));
			}

			@Override
			public Scaling fit(final NormalizedImage pixels) {
				return limited(percentiles(pixels), PartLevels.of(pixels));
			}

			private Scaling limited(final double[] range, final PartLevels parts) {
				final double most = parts.background() + MOST * (parts.typical() - parts.background());
				if (most > range[0] && most < range[1]) range[1] = most;
				return scaling(range).soft();
			}
		};

	/** How far from the background 1 may be, in units of the typical part's bright pixels. */
	private static final double MOST = 2;
	private static final double LOW = 0.01;
	private static final double HIGH = 0.998;

	private final String id;

	Normalizer(final String id) {
		this.id = id;
	}

	private static double[] percentiles(final float[] unitValues) {
		return Percentiles.between(sink -> sink.accept(unitValues, unitValues.length), LOW, HIGH);
	}

	private static double[] percentiles(final NormalizedImage pixels) {
		final long[] counts = pixels.counts();
		if (counts != null) return Percentiles.between(counts, LOW, HIGH);
		final int width = pixels.width();
		final float[] row = new float[3 * width];
		return Percentiles.between(sink -> {
			for (int y = 0; y < pixels.height(); y++) {
				pixels.copy(0, y, width, 1, row);
				sink.accept(row, row.length);
			}
		}, LOW, HIGH);
	}

	private static Scaling scaling(final double[] range) {
		final float factor = range[1] > range[0] ? (float) (1 / (range[1] - range[0])) : 0;
		return new Scaling((float) range[0], factor);
	}

	/** The name used in model files, macros and on the command line. */
	public String id() {
		return id;
	}

	/**
	 * Fits to the values of one image.
	 *
	 * @param unitValues all channels, in the unit range of the image's type
	 */
	public abstract Scaling fit(float[] unitValues);

	/**
	 * Fits to one image without holding its values in memory.
	 *
	 * @param pixels of the image, read row by row
	 */
	public abstract Scaling fit(NormalizedImage pixels);

	/**
	 * Fits to one image without holding its values in memory.
	 *
	 * @param image axes (x, y) or (x, y, channel)
	 */
	public Scaling fit(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		return fit(NormalizedImage.of(image));
	}

	/**
	 * The normalizer of that name.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	public static Normalizer of(final String id) {
		return Arrays.stream(values()).filter(n -> n.id.equals(id)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("Unknown normalizer '" + id + "'; choose one of: " + Arrays.stream(values())
				.map(n -> n.id).collect(Collectors.joining(", ")) + "."));
	}
}
