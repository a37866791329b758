package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.Arrays;

import io.github.nuclei4j.inference.PlaneSize;

/**
 * The nuclei of a plane that was segmented area by area, in raster order of their first pixels, addressed by an index from 0
 * on. Immutable.
 */
public final class PlaneNuclei {

	private final Rectangle plane;
	private final Nuclei nuclei;
	private final int before;
	private final int[] numbers;
	private final long conflicts;
	private final PlaneSize size;

	/** What is known of each nucleus. */
	static final class Nuclei {

		final long[] firsts;
		final long[] areas;
		final double[] means;
		final int[] bounds;

		Nuclei(final int count) {
			firsts = new long[count];
			areas = new long[count];
			means = new double[count];
			bounds = new int[4 * count];
		}
	}

	/**
	 * @param before the number before that of the first nucleus
	 * @param numbers of the nuclei by number of the part
	 */
	PlaneNuclei(final Rectangle plane, final Nuclei nuclei, final int before, final int[] numbers, final long conflicts) {
		this(plane, nuclei, before, numbers, conflicts, PlaneSize.UNKNOWN);
	}

	private PlaneNuclei(final Rectangle plane, final Nuclei nuclei, final int before, final int[] numbers,
		final long conflicts, final PlaneSize size)
	{
		this.size = size;
		this.plane = plane;
		this.nuclei = nuclei;
		this.before = before;
		this.numbers = numbers;
		this.conflicts = conflicts;
	}

	/** These without what is needed only to number them, and with what was found when the plane's scales were chosen. */
	PlaneNuclei numbered(final PlaneSize found) {
		return new PlaneNuclei(plane, nuclei, before, null, conflicts, found);
	}

	/** What was found when the plane's scales were chosen. */
	public PlaneSize size() {
		return size;
	}

	/** The number of the nucleus that a part belongs to, 0 if it was left out. */
	int numberOf(final int part) {
		return numbers[part];
	}

	/** How many there are. */
	public int count() {
		return nuclei.firsts.length;
	}

	/** The label of a nucleus. */
	public int label(final int index) {
		return before + 1 + index;
	}

	/** Column of the first pixel in raster order. */
	public int firstX(final int index) {
		return (int) (nuclei.firsts[index] % plane.width);
	}

	/** Index of the first nucleus that begins in a row or below. */
	public int firstFrom(final int row) {
		final int k = Arrays.binarySearch(nuclei.firsts, (long) row * plane.width);
		return k < 0 ? -k - 1 : k;
	}

	/** Number of pixels. */
	public long area(final int index) {
		return nuclei.areas[index];
	}

	/** Mean probability over its pixels. */
	public double meanProbability(final int index) {
		return nuclei.means[index];
	}

	/** Bounding box in the plane, pixels. */
	public Rectangle bounds(final int index) {
		final int[] b = nuclei.bounds;
		return new Rectangle(b[4 * index], b[4 * index + 1], b[4 * index + 2] - b[4 * index] + 1, b[4 * index + 3] - b[4 *
			index + 1] + 1);
	}

	/** Whether it has pixels in the first or last row or column of the plane. */
	public boolean touchesBorder(final int index) {
		final Rectangle box = bounds(index);
		return box.x == 0 || box.y == 0 || box.x + box.width == plane.width || box.y + box.height == plane.height;
	}

	/**
	 * At how many places neighbouring areas did not agree on a nucleus that crosses their border: 0 unless clumps of touching
	 * nuclei reach so far that their end was out of sight.
	 */
	public long conflicts() {
		return conflicts;
	}
}
