package io.github.nuclei4j.segment;

import java.util.Random;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/** Small probability maps and what is needed to look at label planes. */
public final class Planes {

	private Planes() {}

	/** Whether the point of the plane is nucleus. */
	public interface Shape {

		boolean contains(double x, double y);
	}

	public static Shape disc(final double cx, final double cy, final double r) {
		return (x, y) -> (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r;
	}

	public static Shape ellipse(final double cx, final double cy, final double a, final double b, final double degrees) {
		final double cos = Math.cos(Math.toRadians(degrees));
		final double sin = Math.sin(Math.toRadians(degrees));
		return (x, y) -> {
			final double u = ((x - cx) * cos + (y - cy) * sin) / a;
			final double v = (-(x - cx) * sin + (y - cy) * cos) / b;
			return u * u + v * v <= 1;
		};
	}

	/** A probability map: 0.9 inside any of the shapes, 0.1 elsewhere. */
	public static Img<FloatType> probability(final int width, final int height, final Shape... shapes) {
		final float[] values = new float[width * height];
		for (int i = 0; i < values.length; i++) {
			values[i] = 0.1f;
			for (final Shape shape : shapes) {
				if (shape.contains(i % width + 0.5, i / width + 0.5)) values[i] = 0.9f;
			}
		}
		return ArrayImgs.floats(values, width, height);
	}

	/** A probability map from rows of text: '#' is nucleus. */
	public static Img<FloatType> probability(final String... rows) {
		final int width = rows[0].length();
		final float[] values = new float[width * rows.length];
		for (int i = 0; i < values.length; i++) values[i] = rows[i / width].charAt(i % width) == '#' ? 1 : 0;
		return ArrayImgs.floats(values, width, rows.length);
	}

	public static boolean[] noise(final int width, final int height, final double share, final long seed) {
		final Random random = new Random(seed);
		final boolean[] mask = new boolean[width * height];
		for (int i = 0; i < mask.length; i++) mask[i] = random.nextDouble() < share;
		return mask;
	}

	public static Img<FloatType> probability(final boolean[] mask, final int width) {
		final float[] values = new float[mask.length];
		for (int i = 0; i < values.length; i++) values[i] = mask[i] ? 1 : 0;
		return ArrayImgs.floats(values, width, mask.length / width);
	}

	public static int[] ints(final Img<IntType> image) {
		final int[] values = new int[(int) image.size()];
		int i = 0;
		for (final IntType value : image) values[i++] = value.get();
		return values;
	}

	public static int max(final Img<IntType> image) {
		int max = 0;
		for (final IntType value : image) max = Math.max(max, value.get());
		return max;
	}

	/** The label image as rows of text, '.' for background. */
	public static String[] text(final Img<IntType> image) {
		final int width = (int) image.dimension(0);
		final String[] rows = new String[(int) image.dimension(1)];
		final int[] values = ints(image);
		for (int y = 0; y < rows.length; y++) {
			final StringBuilder row = new StringBuilder();
			for (int x = 0; x < width; x++) {
				final int value = values[y * width + x];
				row.append(value == 0 ? '.' : (char) ('0' + value));
			}
			rows[y] = row.toString();
		}
		return rows;
	}

	/** 4-connected components by flood filling, numbered in raster order: slow and plain. */
	public static int[] componentsByFlooding(final boolean[] mask, final int width) {
		final int[] labels = new int[mask.length];
		final int[] stack = new int[mask.length];
		int last = 0;
		for (int start = 0; start < mask.length; start++) {
			if (!mask[start] || labels[start] != 0) continue;
			labels[start] = ++last;
			int size = 0;
			stack[size++] = start;
			while (size > 0) {
				final int i = stack[--size];
				final int[] neighbours = { i % width > 0 ? i - 1 : -1, i % width < width - 1 ? i + 1 : -1, i - width, i + width };
				for (final int n : neighbours) {
					if (n < 0 || n >= mask.length || !mask[n] || labels[n] != 0) continue;
					labels[n] = last;
					stack[size++] = n;
				}
			}
		}
		return labels;
	}
}
