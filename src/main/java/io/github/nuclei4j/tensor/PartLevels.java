package io.github.nuclei4j.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * How bright an image is where it shows something, judged part by part: of 8 x 8 parts those count whose bright pixels (the
 * 98th percentile) stand out from the part's own median by much more than the background's noise (and its steps, where there are few values): haze, which changes slowly,
 * does not. The upper quartile of these parts is typical: a thing that is in a few of many parts does not change it, however bright, nor do
 * faint things beside the nuclei. At most some thousand pixels of each part are looked at, on a fixed raster.
 */
final class PartLevels {

	private static final int PARTS = 8;
	/** Pixels of a part along each axis that are looked at. */
	private static final int MOST = 40;
	private static final double BRIGHT = 0.98;
	/** Distances of the background's 25th and 5th percentile that a part's bright pixels are above its median. */
	private static final double STANDS_OUT = 5;
	private static final double TYPICAL = 0.75;

	private final double background;
	private final double typical;

	private PartLevels(final double background, final double typical) {
		this.background = background;
		this.typical = typical;
	}

	/** The 25th percentile of the image's pixels. */
	double background() {
		return background;
	}

	/** The upper quartile of the bright pixels of the parts that stand out; infinite if none does. */
	double typical() {
		return typical;
	}

	/** Of three planes. */
	static PartLevels of(final float[] planes, final int width, final int height) {
		return of(width, height, (y, row) -> {
			for (int c = 0; c < 3; c++) System.arraycopy(planes, (c * height + y) * width, row, c * width, width);
		});
	}

	/** Of an image, of which only some rows are read. */
	static PartLevels of(final NormalizedImage pixels) {
		return of(pixels.width(), pixels.height(), (y, row) -> pixels.copy(0, y, pixels.width(), 1, row));
	}

	private static PartLevels of(final int width, final int height, final Rows rows) {
		final int columns = Math.min(PARTS, width);
		final int lines = Math.min(PARTS, height);
		final float[][] parts = new float[columns * lines][];
		final float[] row = new float[3 * width];
		for (int line = 0; line < lines; line++) {
			final int[] ys = raster(height, lines, line);
			for (int column = 0; column < columns; column++) {
				parts[line * columns + column] = new float[ys.length * raster(width, columns, column).length];
			}
			for (int j = 0; j < ys.length; j++) {
				rows.read(ys[j], row);
				for (int column = 0; column < columns; column++) {
					final int[] xs = raster(width, columns, column);
					final float[] part = parts[line * columns + column];
					for (int i = 0; i < xs.length; i++) {
						part[j * xs.length + i] = Math.max(row[xs[i]], Math.max(row[width + xs[i]], row[2 * width + xs[i]]));
					}
				}
			}
		}
		return of(parts);
	}

	/** The positions to look at in one of several parts of an axis. */
	private static int[] raster(final int size, final int parts, final int part) {
		final int from = (int) ((long) size * part / parts);
		final int to = (int) ((long) size * (part + 1) / parts);
		final int count = Math.min(MOST, to - from);
		final int[] positions = new int[count];
		for (int i = 0; i < count; i++) positions[i] = from + (int) ((i + 0.5) * (to - from) / count);
		return positions;
	}

	private static PartLevels of(final float[][] parts) {
		int size = 0;
		for (final float[] part : parts) size += part.length;
		final float[] all = new float[size];
		final double[] levels = new double[parts.length];
		final double[] medians = new double[parts.length];
		int at = 0;
		for (int i = 0; i < parts.length; i++) {
			Arrays.sort(parts[i]);
			System.arraycopy(parts[i], 0, all, at, parts[i].length);
			at += parts[i].length;
			levels[i] = parts[i][(int) (BRIGHT * (parts[i].length - 1))];
			medians[i] = parts[i][(parts[i].length - 1) / 2];
		}
		Arrays.sort(all);
		final double background = all[(int) (0.25 * (size - 1))];
		final double noise = Math.max(background - all[(int) (0.05 * (size - 1))], step(all));
		final double[] shown = IntStream.range(0, levels.length).filter(i -> levels[i] > medians[i] + STANDS_OUT * noise).mapToDouble(i -> levels[i]).sorted().toArray();
		return new PartLevels(background, shown.length == 0 ? Double.POSITIVE_INFINITY : shown[(int) (TYPICAL * (shown.length - 1))]);
	}

	/** The smallest difference of two values, which are sorted; 0 if all are the same. */
	private static double step(final float[] values) {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 1; i < values.length; i++) {
			if (values[i] > values[i - 1]) least = Math.min(least, values[i] - values[i - 1]);
		}
		return least == Double.POSITIVE_INFINITY ? 0 : least;
	}

	/** Reads a row of three channels, one after the other. */
	private interface Rows {

		void read(int y, float[] row);
	}
}
