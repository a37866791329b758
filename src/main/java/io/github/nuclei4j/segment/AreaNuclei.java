package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The nuclei, or parts of nuclei, that an area of a plane holds, separated with a margin of surroundings. Can be written, with
 * as much of the margin as it takes to join it with its neighbours.
 */
public final class AreaNuclei {

	private final Rectangle core;
	private final Rectangle seen;
	private final int[] labels;

	/** Number of the part for each label, 0 for those without pixels in the area. */
	private final int[] ids;
	private final NucleusParts parts;

	/** Of the area, row {@code y} at {@code offset + y * stride}; null if unknown. */
	private final float[] probabilities;
	private final int offset;
	private final int stride;

	private AreaNuclei(final Rectangle core, final Rectangle seen, final int[] labels, final int[] ids,
		final NucleusParts parts, final float[] probabilities, final int offset, final int stride)
	{
		this.core = core;
		this.seen = seen;
		this.labels = labels;
		this.ids = ids;
		this.parts = parts;
		this.probabilities = probabilities;
		this.offset = offset;
		this.stride = stride;
	}

	/**
	 * An area that was separated.
	 *
	 * @param core the area
	 * @param seen the area and its surroundings
	 * @param plane all of it
	 * @param labels of what was seen
	 * @param probabilities of what was seen
	 */
	static AreaNuclei of(final Rectangle core, final Rectangle seen, final Rectangle plane, final int[] labels,
		final float[] probabilities)
	{
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		final int[] ids = new int[largest + 1];
		final NucleusParts parts = new NucleusParts(plane.width, plane.height);
		final int offset = (core.y - seen.y) * seen.width + core.x - seen.x;
		for (int y = 0; y < core.height; y++) {
			final int row = offset + y * seen.width;
			int x = 0;
			while (x < core.width) {
				final int label = labels[row + x];
				final int start = x;
				double sum = 0;
				for (; x < core.width && labels[row + x] == label; x++) sum += probabilities[row + x];
				if (label == 0) continue;
				if (ids[label] == 0) ids[label] = parts.begin();
				parts.add(ids[label], core.x + start, core.y + y, x - start, sum);
			}
		}
		tellMeans(labels, probabilities, ids, seen, parts, plane);
		return new AreaNuclei(core, seen, labels, ids, parts, probabilities, offset, seen.width);
	}

	/** The mean probabilities of nuclei that don't reach the edge of what was seen, unless that is the edge of the plane. */
	private static void tellMeans(final int[] labels, final float[] probabilities, final int[] ids, final Rectangle seen,
		final NucleusParts parts, final Rectangle plane)
	{
		final double[] sums = new double[ids.length];
		final int[] areas = new int[ids.length];
		final boolean[] cut = new boolean[ids.length];
		for (int y = 0; y < seen.height; y++) {
			final boolean rowCut = y == 0 && seen.y > 0 || y == seen.height - 1 && seen.y + seen.height < plane.height;
			for (int x = 0; x < seen.width; x++) {
				final int label = labels[y * seen.width + x];
				if (label == 0) continue;
				sums[label] += probabilities[y * seen.width + x];
				areas[label]++;
				cut[label] |= rowCut || x == 0 && seen.x > 0 || x == seen.width - 1 && seen.x + seen.width < plane.width;
			}
		}
		for (int label = 1; label < ids.length; label++) {
			if (ids[label] > 0 && !cut[label]) parts.setMean(ids[label], sums[label] / areas[label]);
		}
	}

	/** The area. */
	Rectangle core() {
		return core;
	}

	/** What is known of its nuclei. */
	NucleusParts parts() {
		return parts;
	}

	/**
	 * Numbers of parts, row by row.
	 *
	 * @param band inside what was seen, and within {@link Seams#REACH} of the area
	 * @param before added to all numbers but 0
	 */
	int[] parts(final Rectangle band, final int before) {
		final int[] values = new int[band.width * band.height];
		for (int y = 0; y < band.height; y++) {
			final int from = (band.y - seen.y + y) * seen.width + band.x - seen.x;
			for (int x = 0; x < band.width; x++) {
				final int id = ids[labels[from + x]];
				values[y * band.width + x] = id == 0 ? 0 : id + before;
			}
		}
		return values;
	}

	/** Gives the area's probabilities to a sink. */
	void tell(final LargeSegmenter.ProbabilitySink sink) throws IOException {
		sink.write(core, probabilities, offset, stride);
	}

	/**
	 * Writes the area, 4 or 8 bytes a pixel, most of which are 0 or repeated: worth compressing.
	 *
	 * @param withProbabilities whether they are wanted where it is read
	 */
	public void write(final DataOutputStream out, final boolean withProbabilities) throws IOException {
		final Rectangle kept = new Rectangle(core);
		kept.grow(Seams.REACH, Seams.REACH);
		final Rectangle band = kept.intersection(seen);
		write(out, core);
		write(out, band);
		parts.write(out);
		final ByteBuffer row = ByteBuffer.allocate(band.width * Integer.BYTES);
		final int[] numbers = parts(band, 0);
		for (int y = 0; y < band.height; y++) {
			row.asIntBuffer().put(numbers, y * band.width, band.width);
			out.write(row.array());
		}
		out.writeBoolean(withProbabilities);
		if (!withProbabilities) return;
		for (int y = 0; y < core.height; y++) {
			row.asFloatBuffer().put(probabilities, offset + y * stride, core.width);
			out.write(row.array(), 0, core.width * Float.BYTES);
		}
	}

	private static void write(final DataOutputStream out, final Rectangle area) throws IOException {
		out.writeInt(area.x);
		out.writeInt(area.y);
		out.writeInt(area.width);
		out.writeInt(area.height);
	}

	/**
	 * Reads what {@link #write} wrote.
	 *
	 * @param plane of which it is an area
	 * @throws IOException if it ends early, or is of another plane
	 */
	public static AreaNuclei read(final DataInputStream in, final Rectangle plane) throws IOException {
		final Rectangle core = readArea(in, plane);
		final Rectangle band = readArea(in, plane);
		final NucleusParts parts = NucleusParts.read(in, plane.width, plane.height);
		final int[] numbers = new int[Math.multiplyExact(band.width, band.height)];
		final ByteBuffer row = ByteBuffer.allocate(band.width * Integer.BYTES);
		for (int y = 0; y < band.height; y++) {
			in.readFully(row.array());
			row.asIntBuffer().get(numbers, y * band.width, band.width);
		}
		final int[] ids = new int[parts.count() + 1];
		for (int i = 0; i < ids.length; i++) ids[i] = i;
		final float[] probabilities = in.readBoolean() ? new float[Math.multiplyExact(core.width, core.height)] : null;
		for (int y = 0; probabilities != null && y < core.height; y++) {
			in.readFully(row.array(), 0, core.width * Float.BYTES);
			row.asFloatBuffer().get(probabilities, y * core.width, core.width);
		}
		return new AreaNuclei(core, band, numbers, ids, parts, probabilities, 0, core.width);
	}

	private static Rectangle readArea(final DataInputStream in, final Rectangle plane) throws IOException {
		final Rectangle area = new Rectangle(in.readInt(), in.readInt(), in.readInt(), in.readInt());
		if (area.isEmpty() || !plane.contains(area)) throw new IOException("A part of the image holds the area " + area +
			", which is not inside the plane of " + plane.width + " x " + plane.height + " pixels. Delete it, and run again.");
		return area;
	}
}
