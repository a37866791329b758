package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The parts of nuclei that areas of a plane hold, which of them belong together, and what is known of each. Parts have
 * numbers from 1 on.
 */
final class NucleusParts {

	private final int width;
	private final int height;
	private int count;
	private int[] parents = new int[1024];

	/** Index of the first pixel in the plane. */
	private long[] firsts = new long[1024];
	private long[] areas = new long[1024];
	private double[] sums = new double[1024];

	/** Mean probability of the whole nucleus if the part's area saw all of it, otherwise NaN. */
	private double[] means = new double[1024];
	private int[] bounds = new int[4 * 1024];

	/** Of a plane of that size. */
	NucleusParts(final int width, final int height) {
		this.width = width;
		this.height = height;
	}

	/** Adds a part without pixels; its number. */
	int begin() {
		if (count == Integer.MAX_VALUE / 4 - 1) throw new IllegalStateException("More than " + count +
			" nuclei in one plane. Segment parts of it.");
		if (++count == parents.length) {
			final int larger = (int) Math.min(Integer.MAX_VALUE / 4, count * 3L / 2);
			parents = Arrays.copyOf(parents, larger);
			firsts = Arrays.copyOf(firsts, larger);
			areas = Arrays.copyOf(areas, larger);
			sums = Arrays.copyOf(sums, larger);
			means = Arrays.copyOf(means, larger);
			bounds = Arrays.copyOf(bounds, 4 * larger);
		}
		parents[count] = count;
		firsts[count] = Long.MAX_VALUE;
		means[count] = Double.NaN;
		set(count, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1);
		return count;
	}

	/** How many parts there are. */
	int count() {
		return count;
	}

	/** Adds the parts of others, none of which were joined; the number before that of the first. */
	int addAll(final NucleusParts others) {
		final int before = count;
		for (int k = 1; k <= others.count; k++) {
			final int part = begin();
			firsts[part] = others.firsts[k];
			areas[part] = others.areas[k];
			sums[part] = others.sums[k];
			means[part] = others.means[k];
			System.arraycopy(others.bounds, 4 * k, bounds, 4 * part, 4);
		}
		return before;
	}

	/** Writes parts of which none were joined. */
	void write(final DataOutput out) throws IOException {
		out.writeInt(count);
		for (int k = 1; k <= count; k++) {
			out.writeLong(firsts[k]);
			out.writeLong(areas[k]);
			out.writeDouble(sums[k]);
			out.writeDouble(means[k]);
			for (int i = 0; i < 4; i++) out.writeInt(bounds[4 * k + i]);
		}
	}

	/** Reads what {@link #write} wrote. */
	static NucleusParts read(final DataInput in, final int width, final int height) throws IOException {
		final NucleusParts parts = new NucleusParts(width, height);
		final int count = in.readInt();
		for (int k = 1; k <= count; k++) {
			parts.begin();
			parts.firsts[k] = in.readLong();
			parts.areas[k] = in.readLong();
			parts.sums[k] = in.readDouble();
			parts.means[k] = in.readDouble();
			for (int i = 0; i < 4; i++) parts.bounds[4 * k + i] = in.readInt();
		}
		return parts;
	}

	private void set(final int part, final int x0, final int y0, final int x1, final int y1) {
		bounds[4 * part] = x0;
		bounds[4 * part + 1] = y0;
		bounds[4 * part + 2] = x1;
		bounds[4 * part + 3] = y1;
	}

	/**
	 * Adds pixels of a row.
	 *
	 * @param x first pixel
	 * @param length number of pixels
	 * @param probability sum over the pixels
	 */
	void add(final int part, final int x, final int y, final int length, final double probability) {
		firsts[part] = Math.min(firsts[part], (long) y * width + x);
		areas[part] += length;
		sums[part] += probability;
		final int i = 4 * part;
		set(part, Math.min(bounds[i], x), Math.min(bounds[i + 1], y), Math.max(bounds[i + 2], x + length - 1), Math.max(
			bounds[i + 3], y));
	}

	/** Tells the mean probability of the nucleus of a part, of which all was seen. */
	void setMean(final int part, final double mean) {
		means[part] = mean;
	}

	/** Makes parts one nucleus. */
	void join(final int a, final int b) {
		final int rootA = find(a);
		final int rootB = find(b);
		if (rootA == rootB) return;
		final int root = Math.min(rootA, rootB);
		final int other = Math.max(rootA, rootB);
		parents[other] = root;
		firsts[root] = Math.min(firsts[root], firsts[other]);
		areas[root] += areas[other];
		sums[root] += sums[other];
		if (Double.isNaN(means[root])) means[root] = means[other];
		final int i = 4 * root;
		final int k = 4 * other;
		set(root, Math.min(bounds[i], bounds[k]), Math.min(bounds[i + 1], bounds[k + 1]), Math.max(bounds[i + 2], bounds[k +
			2]), Math.max(bounds[i + 3], bounds[k + 3]));
	}

	private int find(final int part) {
		int i = part;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	/** Whether it has pixels in the first or last row or column of the plane. */
	private boolean touchesBorder(final int part) {
		final int i = 4 * part;
		return bounds[i] == 0 || bounds[i + 1] == 0 || bounds[i + 2] == width - 1 || bounds[i + 3] == height - 1;
	}

	/**
	 * Numbers the nuclei, in raster order of their first pixels.
	 *
	 * @param dropBorder whether those that touch the plane's border are left out
	 * @param before the number before the first
	 * @param conflicts at how many places neighbouring areas did not agree
	 */
	PlaneNuclei number(final boolean dropBorder, final int before, final long conflicts) {
		final long[] order = new long[count];
		int nuclei = 0;
		for (int part = 1; part <= count; part++) {
			if (find(part) != part || dropBorder && touchesBorder(part)) continue;
			order[nuclei++] = firsts[part];
		}
		final long[] sorted = Arrays.copyOf(order, nuclei);
		Arrays.sort(sorted);
		final int[] numbers = new int[count + 1];
		final PlaneNuclei.Nuclei table = new PlaneNuclei.Nuclei(nuclei);
		for (int part = 1; part <= count; part++) {
			if (find(part) != part || dropBorder && touchesBorder(part)) continue;
			final int k = Arrays.binarySearch(sorted, firsts[part]);
			numbers[part] = before + k + 1;
			table.firsts[k] = firsts[part];
			table.areas[k] = areas[part];
			table.means[k] = Double.isNaN(means[part]) ? sums[part] / areas[part] : means[part];
			System.arraycopy(bounds, 4 * part, table.bounds, 4 * k, 4);
		}
		for (int part = 1; part <= count; part++) numbers[part] = numbers[find(part)];
		return new PlaneNuclei(new Rectangle(width, height), table, before, numbers, conflicts);
	}
}
