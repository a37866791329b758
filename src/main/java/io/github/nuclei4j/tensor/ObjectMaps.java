package io.github.nuclei4j.tensor;

import java.util.Arrays;

/**
 * What networks learn about each nucleus of a label image: its rim, the distance from its edge, the direction to its
 * centre. Objects are the connected pieces of one label (4-connected), since a label may come again in a mirrored margin.
 * The image's border is no edge of an object; what is cut off by it counts neither for its centre nor for its largest
 * distance, because a network can't see it. This holds for slivers of a few pixels too: they are treated like any other
 * object, for those who read the maps do the same.
 */
final class ObjectMaps {

	private static final double SOFTENING = 1.5 * 1.5;

	private final int width;
	private final int height;
	private final int[] objects;
	private int count;

	/**
	 * @param labels row by row, 0 for background; not changed
	 * @param width in pixels
	 * @param height in pixels
	 */
	ObjectMaps(final int[] labels, final int width, final int height) {
		this.width = width;
		this.height = height;
		objects = new int[width * height];
		final int[] open = new int[width * height];
		for (int i = 0; i < objects.length; i++) {
			if (labels[i] != 0 && objects[i] == 0) fill(labels, i, ++count, open);
		}
	}

	private void fill(final int[] labels, final int seed, final int object, final int[] open) {
		final int label = labels[seed];
		int waiting = 0;
		open[waiting++] = seed;
		objects[seed] = object;
		while (waiting > 0) {
			final int i = open[--waiting];
			final int x = i % width;
			if (x > 0 && labels[i - 1] == label && objects[i - 1] == 0) objects[open[waiting++] = i - 1] = object;
			if (x < width - 1 && labels[i + 1] == label && objects[i + 1] == 0) objects[open[waiting++] = i + 1] = object;
			if (i >= width && labels[i - width] == label && objects[i - width] == 0) {
				objects[open[waiting++] = i - width] = object;
			}
			if (i + width < objects.length && labels[i + width] == label && objects[i + width] == 0) {
				objects[open[waiting++] = i + width] = object;
			}
		}
	}

	/** Writes 1 inside nuclei, 0 outside. */
	void nucleus(final float[] target, final int offset) {
		for (int i = 0; i < objects.length; i++) target[offset + i] = objects[i] == 0 ? 0 : 1;
	}

	/** Writes 1 where a pixel of an object has one that is not of it among its eight neighbours, otherwise 0. */
	void rim(final float[] target, final int offset) {
		for (int y = 0; y < height; y++) {
			final int above = y > 0 ? -width : 0;
			final int below = y < height - 1 ? width : 0;
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				final int object = objects[i];
				target[offset + i] = object != 0 && !isInside(i, object, above, below, x > 0 ? -1 : 0, x < width - 1 ? 1 : 0) ? 1
					: 0;
			}
		}
	}

	private boolean isInside(final int i, final int object, final int above, final int below, final int left,
		final int right)
	{
		return objects[i + left] == object && objects[i + right] == object && objects[i + above] == object && objects[i +
			below] == object && objects[i + above + left] == object && objects[i + above + right] == object && objects[i +
				below + left] == object && objects[i + below + right] == object;
	}

	/** Writes the Euclidean distance to the nearest pixel not of the object over the object's largest; 0 outside. */
	void distance(final float[] target, final int offset) {
		final float[] distances = DistanceTransform.of(objects, width, height);
		final float[] largest = new float[count + 1];
		for (int i = 0; i < objects.length; i++) largest[objects[i]] = Math.max(largest[objects[i]], distances[i]);
		for (int i = 0; i < objects.length; i++) {
			target[offset + i] = objects[i] == 0 ? 0 : distances[i] / largest[objects[i]];
		}
	}

	/**
	 * Writes the x and then the y component of the vector to the centre, which is the object's pixel nearest to its
	 * centroid, shortened to {@code v / sqrt(|v|^2 + 1.5^2)} and mapped from -1..1 to 0..1; 0.5 outside.
	 */
	void flow(final float[] target, final int offset) {
		final int[] centres = centres();
		final int plane = objects.length;
		for (int i = 0; i < plane; i++) {
			final int centre = objects[i] == 0 ? i : centres[objects[i]];
			final int dx = centre % width - i % width;
			final int dy = centre / width - i / width;
			final double half = 0.5 / Math.sqrt(dx * dx + dy * dy + SOFTENING);
			target[offset + i] = (float) (0.5 + dx * half);
			target[offset + plane + i] = (float) (0.5 + dy * half);
		}
	}

	/** The pixel of each object that is nearest to the centroid of its pixels; the first of several. */
	private int[] centres() {
		final long[] sumX = new long[count + 1];
		final long[] sumY = new long[count + 1];
		final long[] area = new long[count + 1];
		for (int i = 0; i < objects.length; i++) {
			sumX[objects[i]] += i % width;
			sumY[objects[i]] += i / width;
			area[objects[i]]++;
		}
		final int[] centres = new int[count + 1];
		final long[] least = new long[count + 1];
		Arrays.fill(least, Long.MAX_VALUE);
		for (int i = 0; i < objects.length; i++) {
			final int object = objects[i];
			if (object == 0) continue;
			final long dx = area[object] * (i % width) - sumX[object];
			final long dy = area[object] * (i / width) - sumY[object];
			if (dx * dx + dy * dy < least[object]) {
				least[object] = dx * dx + dy * dy;
				centres[object] = i;
			}
		}
		return centres;
	}
}
