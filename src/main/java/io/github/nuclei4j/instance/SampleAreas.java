package io.github.nuclei4j.instance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.nuclei4j.data.UnitPixels;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/** Chooses a few areas of a large image in which there is something to see. */
final class SampleAreas {

	private static final int AREAS = 4;

	/** Candidates in each row and column. */
	private static final int GRID = 5;

	/** Of a candidate every so many rows and columns are looked at. */
	private static final int STEP = 8;

	private SampleAreas() {}

	/** The four of 25 squares, evenly spread over a rectangle of the image, in which the brightness varies most. */
	static List<Interval> of(final UnitPixels pixels, final Interval region, final int size) {
		final long width = Math.min(size, region.dimension(0));
		final long height = Math.min(size, region.dimension(1));
		final List<Interval> candidates = new ArrayList<>();
		for (int j = 0; j < GRID; j++) {
			for (int i = 0; i < GRID; i++) {
				final Interval area = FinalInterval.createMinSize(region.min(0) + (region.dimension(0) - width) * i /
					(GRID - 1), region.min(1) + (region.dimension(1) - height) * j / (GRID - 1), width, height);
				if (!candidates.contains(area)) candidates.add(area);
			}
		}
		candidates.sort(Comparator.comparingDouble(area -> -variance(pixels, area)));
		return candidates.subList(0, Math.min(AREAS, candidates.size()));
	}

	private static double variance(final UnitPixels pixels, final Interval area) {
		final int width = (int) area.dimension(0);
		final float[] row = new float[3 * width];
		double sum = 0;
		double squares = 0;
		int count = 0;
		for (int y = 0; y < area.dimension(1); y += STEP) {
			pixels.copy((int) area.min(0), (int) area.min(1) + y, width, 1, row);
			for (int x = 0; x < width; x += STEP) {
				final double brightness = row[x] + row[width + x] + row[2 * width + x];
				sum += brightness;
				squares += brightness * brightness;
				count++;
			}
		}
		return squares / count - sum / count * (sum / count);
	}
}
