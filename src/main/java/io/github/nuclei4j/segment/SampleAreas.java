package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.tensor.Scaling;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/** Chooses areas that stand for a large image: one in each of nine parts, so that no single object weighs on all. */
final class SampleAreas {

	/** Parts in each row and column. */
	private static final int PARTS = 3;

	/** Width and height of an area, pixels. */
	private static final int SIZE = 384;

	/** Candidates in each row and column of a part. */
	private static final int CANDIDATES = 3;

	/** Of a candidate every so many rows and columns are looked at. */
	private static final int STEP = 8;

	private SampleAreas() {}

	/**
	 * Of each ninth of a rectangle of the image the square in which the brightness varies most. What is brighter or darker than
	 * nearly all of the image counts no more than what is just as bright, so that debris doesn't attract.
	 *
	 * @param scaling of the image's values, by which nearly all become 0 to 1
	 */
	static List<Interval> of(final NormalizedImage pixels, final Scaling scaling, final Interval region) {
		final long width = Math.min(SIZE, region.dimension(0));
		final long height = Math.min(SIZE, region.dimension(1));
		final List<Interval> areas = new ArrayList<>();
		for (int j = 0; j < PARTS; j++) {
			for (int i = 0; i < PARTS; i++) {
				Interval best = null;
				double most = -1;
				for (int k = 0; k < CANDIDATES * CANDIDATES; k++) {
					final Interval area = FinalInterval.createMinSize(start(region, 0, i, k % CANDIDATES, width), start(region, 1, j, k /
						CANDIDATES, height), width, height);
					final double variance = variance(pixels, scaling, area);
					if (variance > most) best = area;
					most = Math.max(most, variance);
				}
				areas.add(best);
			}
		}
		return areas;
	}

	/** Where a candidate begins: inside its part if that is large enough. */
	private static long start(final Interval region, final int axis, final int part, final int candidate,
		final long size)
	{
		final long length = region.dimension(axis);
		final long from = length * part / PARTS;
		final long room = Math.max(0, length * (part + 1) / PARTS - from - size);
		return region.min(axis) + Math.min(length - size, from + room * candidate / (CANDIDATES - 1));
	}

	private static double variance(final NormalizedImage pixels, final Scaling scaling, final Interval area) {
		final int width = (int) area.dimension(0);
		final float[] row = new float[3 * width];
		double sum = 0;
		double squares = 0;
		int count = 0;
		for (int y = 0; y < area.dimension(1); y += STEP) {
			pixels.copy((int) area.min(0), (int) area.min(1) + y, width, 1, row);
			for (int x = 0; x < width; x += STEP) {
				double brightness = 0;
				for (int c = 0; c < 3; c++) brightness += Math.max(0, Math.min(1, scaling.apply(row[c * width + x])));
				sum += brightness;
				squares += brightness * brightness;
				count++;
			}
		}
		return squares / count - sum / count * (sum / count);
	}
}
