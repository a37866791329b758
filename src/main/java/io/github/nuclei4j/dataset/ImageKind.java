package io.github.nuclei4j.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * How an image was taken, told from its pixels alone. The brightness of a pixel is the mean of its channels, the image's
 * range goes from the 0.1st to the 99.9th percentile of the brightness, and the background is the median.
 * <ol>
 * <li>If the background lies in the lowest quarter of the range, the image is {@link #FLUORESCENCE}, also if it is shown
 * in a colour.</li>
 * <li>Otherwise, if the channels differ (largest minus smallest, on average over the pixels) by more than 3 % of the upper
 * end of the range, it is {@link #STAINED_TISSUE}.</li>
 * <li>Otherwise it is {@link #BRIGHTFIELD}.</li>
 * </ol>
 * The bit depth and the exposure don't matter. Of large images every n-th row and column is looked at. The rule assumes
 * that nuclei cover less than half of the image. An image of one value is taken for fluorescence if that value is below a
 * quarter of its type's range.
 */
public enum ImageKind {
		/** Bright nuclei on a dark background, grey or in one colour. */
		FLUORESCENCE("fluorescence"),
		/** Coloured tissue or cells on a bright background, such as haematoxylin and eosin. */
		STAINED_TISSUE("stained-tissue"),
		/** Grey nuclei on a bright background. */
		BRIGHTFIELD("brightfield");

	private static final double DARK = 0.25;
	private static final double COLORED = 0.03;
	private static final double LOW_SHARE = 0.001;
	private static final double HIGH_SHARE = 0.999;
	private static final long MAX_PIXELS = 1 << 20;

	private final String id;

	ImageKind(final String id) {
		this.id = id;
	}

	/** Its name on the command line: lower case, with a hyphen. */
	public String id() {
		return id;
	}

	/**
	 * The kind of that name.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	public static ImageKind named(final String id) {
		return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("Unknown kind of image '" + id + "'; choose one of: " + Arrays.stream(values())
				.map(kind -> kind.id).collect(Collectors.joining(", ")) + "."));
	}

	/**
	 * The kind of an image.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 */
	public static ImageKind of(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		return of(NormalizedImage.of(image));
	}

	/**
	 * The ids of a data set's images of each kind, in the order of the data set; reads all images.
	 *
	 * @param progress told the share done; asked between images whether to stop
	 * @return has all kinds, those without images with an empty list
	 * @throws IOException if an image can't be read
	 * @throws CancellationException if the user asked to stop
	 */
	public static Map<ImageKind, List<String>> ids(final NucleusDataset data, final Progress progress) throws IOException {
		final Map<ImageKind, List<String>> ids = new EnumMap<>(ImageKind.class);
		for (final ImageKind kind : values()) ids.put(kind, new ArrayList<>());
		for (int i = 0; i < data.size(); i++) {
			progress.checkCanceled();
			progress.update((double) i / data.size(), "Looking at image " + (i + 1) + " of " + data.size());
			final NucleusSample sample = data.get(i);
			ids.get(of(sample.unitPixels())).add(sample.id());
		}
		return ids;
	}

	private static ImageKind of(final NormalizedImage pixels) {
		final int step = (int) Math.ceil(Math.sqrt((double) pixels.width() * pixels.height() / MAX_PIXELS));
		final int width = pixels.width();
		final float[] row = new float[3 * width];
		final float[] brightness = new float[((width + step - 1) / step) * ((pixels.height() + step - 1) / step)];
		double difference = 0;
		int count = 0;
		for (int y = 0; y < pixels.height(); y += step) {
			pixels.copy(0, y, width, 1, row);
			for (int x = 0; x < width; x += step) {
				final float red = row[x];
				final float green = row[width + x];
				final float blue = row[2 * width + x];
				difference += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
				brightness[count++] = (red + green + blue) / 3;
			}
		}
		Arrays.sort(brightness);
		final double low = at(brightness, LOW_SHARE);
		final double high = at(brightness, HIGH_SHARE);
		final double median = at(brightness, 0.5);
		final double background = high > low ? (median - low) / (high - low) : median;
		if (background < DARK) return FLUORESCENCE;
		return difference / count > COLORED * high ? STAINED_TISSUE : BRIGHTFIELD;
	}

	private static double at(final float[] sorted, final double share) {
		return sorted[(int) Math.round(share * (sorted.length - 1))];
	}
}
