package io.github.nuclei4j.image;

import java.io.IOException;
import java.util.List;

import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * Finds smaller copies of an image (the levels of a pyramid, thumbnails) that the file doesn't call so: images of the same
 * shape whose pixels, averaged over the same areas, go up and down together. Of very large images the shape decides.
 */
final class TiffCopies {

	/** Above so many pixels the larger image isn't read for this. */
	private static final long MOST_PIXELS = 1 << 24;
	/** Areas across and down in which pixels are averaged, at most. */
	private static final int AREAS = 64;
	/** Copies correlate so; channels of the same cells don't. */
	private static final double ALIKE = 0.97;

	private final PlacedBytes file;
	private final List<TiffSeries> series;

	TiffCopies(final PlacedBytes file, final List<TiffSeries> series) {
		this.file = file;
		this.series = series;
	}

	/** Marks the copies. */
	void mark() {
		for (int i = 0; i < series.size(); i++) {
			for (int j = 0; j < series.size() && series.get(i).copyOf == null; j++) {
				final TiffSeries large = series.get(j);
				if (i != j && large.copyOf == null && isCopy(series.get(i), large)) series.get(i).copyOf =
					"a smaller copy of image " + (j + 1);
			}
		}
	}

	private boolean isCopy(final TiffSeries small, final TiffSeries large) {
		if (small.planes.size() != large.planes.size() || small.width() >= large.width() || small.height() >= large.height() ||
			small.width() < 1 || small.height() < 1) return false;
		// sizes are rounded
		final double skew = Math.abs((double) small.width() * large.height() - (double) large.width() * small.height());
		if (skew > large.width() + large.height()) return false;
		if ((double) large.width() * large.height() > MOST_PIXELS) return large.first().value(TiffDirectory.BITS, 1) == small
			.first().value(TiffDirectory.BITS, 1) && large.first().value(TiffDirectory.SAMPLES, 1) == small.first().value(
				TiffDirectory.SAMPLES, 1);
		try {
			final int across = (int) Math.min(AREAS, small.width());
			final int down = (int) Math.min(AREAS, small.height());
			return correlation(means(small, across, down), means(large, across, down)) > ALIKE;
		}
		catch (final IOException e) {
			// it is no copy as far as can be seen; whoever opens it says what is wrong
			return false;
		}
	}

	private double[] means(final TiffSeries one, final int across, final int down) throws IOException {
		final TiffSeries.Plane plane = one.planes.get(0);
		final ImageProcessor pixels = new TiffCells(file, new TiffLayout(plane.directory, file.length()), new CellCache(0),
			plane.sample, plane.shift).processor();
		final FloatProcessor values = pixels.convertToFloatProcessor();
		final double[] sums = new double[across * down];
		final int[] counts = new int[across * down];
		for (int y = 0; y < values.getHeight(); y++) {
			final int row = (int) ((long) y * down / values.getHeight()) * across;
			for (int x = 0; x < values.getWidth(); x++) {
				final int area = row + (int) ((long) x * across / values.getWidth());
				sums[area] += values.getf(x, y);
				counts[area]++;
			}
		}
		for (int i = 0; i < sums.length; i++) sums[i] /= counts[i];
		return sums;
	}

	/** Pearson's; 0 if one of them is constant. */
	private static double correlation(final double[] a, final double[] b) {
		double meanA = 0;
		double meanB = 0;
		for (int i = 0; i < a.length; i++) {
			meanA += a[i] / a.length;
			meanB += b[i] / b.length;
		}
		double both = 0;
		double squareA = 0;
		double squareB = 0;
		for (int i = 0; i < a.length; i++) {
			both += (a[i] - meanA) * (b[i] - meanB);
			squareA += (a[i] - meanA) * (a[i] - meanA);
			squareB += (b[i] - meanB) * (b[i] - meanB);
		}
		return squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : 0;
	}
}
