package io.github.nuclei4j.separate;

import java.util.Random;

import io.github.nuclei4j.segment.Planes;
import io.github.nuclei4j.tensor.TargetEncoder;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/** Label planes of random nuclei that touch, and the maps that a perfect network would predict of them. */
public final class NucleusScenes {

	private NucleusScenes() {}

	/**
	 * Ellipses that are placed next to each other, so that most touch, none covers another by more than a rim.
	 *
	 * @param diameter of the nuclei on average, pixels
	 * @param aspect long axis / short axis at most
	 * @return labels row by row, 0 for background
	 */
	public static int[] touching(final int width, final int height, final int count, final double diameter,
		final double aspect, final Random random)
	{
		final int[] labels = new int[width * height];
		final double[][] placed = new double[count][];
		int last = 0;
		for (int attempt = 0; attempt < 200 * count && last < count; attempt++) {
			final double ratio = Math.sqrt(1 + random.nextDouble() * (aspect - 1));
			final double r = diameter / 2 * (0.8 + 0.4 * random.nextDouble());
			final double a = r * ratio;
			final double b = r / ratio;
			double x = random.nextDouble() * width;
			double y = random.nextDouble() * height;
			if (last > 0 && random.nextInt(4) > 0) {
				final double[] neighbour = placed[random.nextInt(last)];
				final double angle = 2 * Math.PI * random.nextDouble();
				final double distance = b + neighbour[2] * (0.95 + 0.1 * random.nextDouble());
				x = neighbour[0] + distance * Math.cos(angle);
				y = neighbour[1] + distance * Math.sin(angle);
			}
			if (add(labels, width, Planes.ellipse(x, y, a, b, 180 * random.nextDouble()), x, y, a, last + 1)) placed[last++] =
				new double[] { x, y, b };
		}
		keepLargestPieces(labels, width, last);
		return labels;
	}

	/** Removes what a nucleus cut off from another one. */
	private static void keepLargestPieces(final int[] labels, final int width, final int nuclei) {
		final int[] pieces = labels.clone();
		final LabelPieces found = new LabelPieces(pieces, width);
		final int[] areas = new int[found.count() + 1];
		for (final int piece : pieces) areas[piece]++;
		final int[] largest = new int[nuclei + 1];
		for (int piece = 1; piece <= found.count(); piece++) {
			final int nucleus = found.region(piece);
			if (largest[nucleus] == 0 || areas[piece] > areas[largest[nucleus]]) largest[nucleus] = piece;
		}
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] != 0 && pieces[i] != largest[labels[i]]) labels[i] = 0;
		}
	}

	/** Adds a nucleus where it covers at most a twentieth of its area of others and lies inside; whether it did. */
	private static boolean add(final int[] labels, final int width, final Planes.Shape shape, final double cx,
		final double cy, final double reach, final int label)
	{
		final int height = labels.length / width;
		if (cx < reach || cy < reach || cx > width - reach || cy > height - reach) return false;
		int area = 0;
		int covered = 0;
		for (int pass = 0; pass < 2; pass++) {
			for (int y = (int) (cy - reach); y < Math.min(height, cy + reach + 1); y++) {
				for (int x = (int) (cx - reach); x < Math.min(width, cx + reach + 1); x++) {
					if (!shape.contains(x + 0.5, y + 0.5)) continue;
					final int i = y * width + x;
					if (pass == 0) {
						area++;
						if (labels[i] != 0) covered++;
					}
					else if (labels[i] == 0) labels[i] = label;
				}
			}
			if (covered > area / 20 || area < 12) return false;
		}
		return true;
	}

	/** What a perfect network predicts of the labels. */
	public static Img<FloatType> maps(final int[] labels, final int width, final TargetEncoder target) {
		final int height = labels.length / width;
		final float[] values = new float[target.channels() * labels.length];
		target.encode(labels, width, height, values, 0);
		final PlanarImg<FloatType, FloatArray> maps = PlanarImgs.floats(width, height, target.channels());
		for (int c = 0; c < target.channels(); c++) {
			System.arraycopy(values, c * labels.length, maps.getPlane(c).getCurrentStorageArray(), 0, labels.length);
		}
		return maps;
	}

	/** Adds Gaussian noise to every value but the probabilities, and keeps it in 0 to 1. */
	public static void addNoise(final Img<FloatType> maps, final double deviation, final Random random) {
		final long plane = maps.dimension(0) * maps.dimension(1);
		long i = 0;
		for (final FloatType value : maps) {
			if (i++ < plane) continue;
			value.set((float) Math.max(0, Math.min(1, value.get() + deviation * random.nextGaussian())));
		}
	}
}
