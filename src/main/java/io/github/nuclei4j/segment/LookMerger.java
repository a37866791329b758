package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.process.FloatPolygon;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.separate.LabelRuns;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Joins looks at the same area from different distances, so that nuclei of very different sizes are found in one image. The
 * closer look holds, except where the one from further away explains the image better: where it sees a nucleus with
 * confidence of which the closer look finds less than half, or pieces (spots, texture) in which it has less confidence than
 * the other has in the whole, or the nucleus and bits of it besides. There the maps are those of the look from further away.
 * What is a crowd of nuclei for the closer look, by their size, number and the shape of their outline, stays one: tissue
 * and embryos look like one large nucleus from far away.
 * The constants were chosen on DSB2018 training images, where what two looks disagreed on was compared with the annotations.
 * Linear time. Immutable.
 */
final class LookMerger {

	/** Share of a nucleus that pieces must cover at least. */
	private static final double COVERED = 0.5;

	/** Share of a nucleus from which on pieces explain it, however sure the network is of the whole. */
	private static final double EXPLAINED = 0.9;

	/** By how much the confidence in the whole must be above that in the pieces. */
	private static final double SURER = 0.005;

	/** Intersection over union from which on both looks found the same nucleus. */
	private static final double SAME = 0.6;

	/** Area beside that of the whole below which a piece is a bit of it, if so much of it lies inside. */
	private static final double BIT = 0.12;
	private static final double INSIDE = 0.9;

	/** Diameter that nuclei of a crowd had for the network at least, pixels; what is smaller may be texture. */
	private static final double OF_CROWD = 10;

	/**
	 * How many nuclei are a crowd: of any size; of those that were not small; and of these if their outline is not that of one
	 * nucleus.
	 */
	private static final int LARGE_CROWD = 20;
	private static final int CROWD = 8;
	private static final int SMALL_CROWD = 2;

	/** Area / area of the convex hull below which an outline is not that of one nucleus. */
	private static final double SOLID = 0.9;

	/** Diameter that a nucleus must have had for the network, pixels, to be preferred to pieces. */
	private static final double SMALLEST = 8;

	/** How far around a nucleus its maps are taken as well, as a share of its diameter. */
	private static final double RIM = 0.1;

	private final InstanceSeparator separator;
	private final double least;
	private final double largest;

	/**
	 * @param separator that finds objects of any size and confidence
	 * @param least confidence of a nucleus, 0 to 1
	 * @param largest diameter of a nucleus, pixels: what is larger, such as an unevenly lit background, is none in a look from far
	 *          away
	 */
	LookMerger(final InstanceSeparator separator, final double least, final double largest) {
		this.separator = separator;
		this.least = least;
		this.largest = largest;
	}

	/** Confidence of a nucleus at least, 0 to 1. */
	double least() {
		return least;
	}

	/** What is seen in maps that were predicted at a scale. */
	Look look(final Img<FloatType> maps, final double scale) {
		return new Look(maps, scale, separator);
	}

	/**
	 * The maps of looks at the same area, joined.
	 *
	 * @param looks rising in scale; a single one is returned as it is
	 * @param scales of the looks
	 */
	Img<FloatType> merge(final List<Img<FloatType>> looks, final double[] scales) {
		if (scales.length == 1) return looks.get(0);
		Look joined = look(looks.get(0), scales[0]);
		for (int i = 1; i < scales.length; i++) joined = merge(joined, look(looks.get(i), scales[i]));
		return joined.maps;
	}

	/**
	 * Joins two looks, neither of which is altered.
	 *
	 * @param far a look at the same area from further away, or several that were joined
	 * @param close the closer look
	 */
	Look merge(final Look far, final Look close) {
		final Objects wholes = new Objects(far);
		final Objects pieces = new Objects(close);
		final Contest[] contests = contests(far, close, wholes, pieces);
		int largest = pieces.count();
		int[] labels = null;
		Img<FloatType> maps = null;
		for (int whole = 1; whole < contests.length; whole++) {
			if (contests[whole] == null || !isBetter(contests[whole], wholes, whole, far)) continue;
			if (labels == null) {
				labels = close.labels().clone();
				maps = copy(close.maps);
			}
			replace(far, whole, wholes, contests[whole], ++largest, labels, maps);
		}
		return labels == null ? close : new Look(maps, close.scale, labels, largest - pieces.count());
	}

	private boolean isBetter(final Contest contest, final Objects wholes, final int whole, final Look far) {
		if (contest.isSame && contest.nuclei < 2 || wholes.diameter(whole) * far.scale < SMALLEST) return false;
		if (wholes.diameter(whole) > largest) return false;
		if (isCrowd(contest, wholes, whole, far)) return false;
		final boolean surer = wholes.confidence(whole) > contest.confidence() + SURER;
		if (contest.isSame) return surer || contest.bits == contest.nuclei - 1;
		final double covered = (double) contest.covered / wholes.areas[whole];
		return covered < COVERED || covered < EXPLAINED && surer;
	}

	private static boolean isCrowd(final Contest contest, final Objects wholes, final int whole, final Look far) {
		return contest.nuclei >= LARGE_CROWD || contest.crowd >= CROWD || contest.crowd >= SMALL_CROWD && solidity(far, whole, wholes) < SOLID;
	}

	/** Area of an object / area of the convex hull of its pixels. */
	private static double solidity(final Look look, final int label, final Objects objects) {
		final int[] labels = look.labels();
		final Rectangle box = objects.bounds(label);
		final int[] x = new int[4 * box.height];
		final int[] y = new int[4 * box.height];
		int n = 0;
		for (int row = 0; row < box.height; row++) {
			final int start = (box.y + row) * look.width() + box.x;
			int left = 0;
			while (left < box.width && labels[start + left] != label) left++;
			if (left == box.width) continue;
			int right = box.width;
			while (labels[start + right - 1] != label) right--;
			for (int corner = 0; corner < 4; corner++) {
				x[n] = corner < 2 ? left : right;
				y[n++] = row + corner % 2;
			}
		}
		final FloatPolygon hull = new PolygonRoi(Arrays.copyOf(x, n), Arrays.copyOf(y, n), n, Roi.POLYGON).getFloatConvexHull();
		double twice = 0;
		for (int i = 0, last = hull.npoints - 1; i < hull.npoints; last = i++) {
			twice += (double) hull.xpoints[last] * hull.ypoints[i] - (double) hull.xpoints[i] * hull.ypoints[last];
		}
		return 2 * objects.areas[label] / Math.abs(twice);
	}

	/** What the closer look has where the other one sees a nucleus. */
	private static final class Contest {

		/** Objects of the closer look that lie mostly inside. */
		private int[] inside = new int[4];
		private int count;

		/** Pixels covered by nuclei. */
		private long covered;

		/** Of the nuclei inside. */
		private double sum;
		private long area;
		private int nuclei;

		/** How many of these were not small for the network. */
		private int crowd;

		/** How many of these are too small beside the whole, and too far inside it, to be neighbours. */
		private int bits;
		private boolean isSame;

		void add(final int object) {
			if (count == inside.length) inside = Arrays.copyOf(inside, 2 * count);
			inside[count++] = object;
		}

		boolean has(final int object) {
			for (int i = 0; i < count; i++) if (inside[i] == object) return true;
			return false;
		}

		double confidence() {
			return area == 0 ? 0 : sum / area;
		}
	}

	/** The contest for each object of the look from further away that is a nucleus; null for others. */
	private Contest[] contests(final Look far, final Look close, final Objects wholes, final Objects pieces) {
		final Contest[] contests = new Contest[wholes.count() + 1];
		for (int whole = 1; whole < contests.length; whole++) {
			if (wholes.areas[whole] > 0 && wholes.confidence(whole) >= least) contests[whole] = new Contest();
		}
		for (final Map.Entry<Long, int[]> overlap : overlaps(far.labels(), close.labels()).entrySet()) {
			final int whole = (int) (overlap.getKey() >> 32);
			final int piece = (int) (long) overlap.getKey();
			final Contest contest = contests[whole];
			if (contest == null) continue;
			final long shared = overlap.getValue()[0];
			final boolean inside = 2 * shared > pieces.areas[piece];
			if (inside) contest.add(piece);
			if (pieces.confidence(piece) < least) continue;
			contest.covered += shared;
			contest.isSame |= shared >= SAME * (wholes.areas[whole] + pieces.areas[piece] - shared) || !inside && 2 *
				shared > wholes.areas[whole];
			if (!inside) continue;
			contest.sum += pieces.sums[piece];
			contest.area += pieces.areas[piece];
			contest.nuclei++;
			if (pieces.diameter(piece) * close.scale >= OF_CROWD) contest.crowd++;
			if (pieces.areas[piece] < BIT * wholes.areas[whole] && shared > INSIDE * pieces.areas[piece]) contest.bits++;
		}
		return contests;
	}

	/** How many pixels objects of two looks share. */
	private static Map<Long, int[]> overlaps(final int[] far, final int[] close) {
		final Map<Long, int[]> overlaps = new HashMap<>();
		long last = 0;
		int[] count = new int[1];
		for (int i = 0; i < far.length; i++) {
			if (far[i] == 0 || close[i] == 0) continue;
			final long pair = (long) far[i] << 32 | close[i];
			if (pair != last) {
				count = overlaps.computeIfAbsent(pair, key -> new int[1]);
				last = pair;
			}
			count[0]++;
		}
		return overlaps;
	}

	/** Takes a nucleus from the look from further away, with the maps of its surroundings and of the pieces that it replaces. */
	private static void replace(final Look far, final int whole, final Objects wholes, final Contest contest,
		final int number, final int[] labels, final Img<FloatType> maps)
	{
		final int width = far.width();
		final int[] found = far.labels();
		final int rim = (int) Math.max(2, Math.ceil(RIM * wholes.diameter(whole)));
		final Rectangle area = wholes.bounds(whole);
		// pieces lie mostly inside, so they don't reach further than the nucleus is wide
		area.grow(Math.max(rim, area.width), Math.max(rim, area.height));
		final Rectangle seen = area.intersection(new Rectangle(width, labels.length / width));
		final boolean[] taken = new boolean[seen.width * seen.height];
		for (int y = 0; y < seen.height; y++) {
			for (int x = 0; x < seen.width; x++) {
				final int i = (seen.y + y) * width + seen.x + x;
				final boolean replaced = labels[i] != 0 && contest.has(labels[i]);
				if (replaced) labels[i] = 0;
				if (found[i] == whole && labels[i] == 0) labels[i] = number;
				taken[y * seen.width + x] = replaced || labels[i] == number;
			}
		}
		grow(taken, seen.width, rim);
		final int channels = ProbabilityMaps.channels(maps);
		for (int c = 0; c < channels; c++) {
			final float[] from = ProbabilityMaps.plane(far.maps, c);
			final float[] to = ProbabilityMaps.plane(maps, c);
			for (int y = 0; y < seen.height; y++) {
				for (int x = 0; x < seen.width; x++) {
					final int i = (seen.y + y) * width + seen.x + x;
					if (taken[y * seen.width + x] && (labels[i] == 0 || labels[i] == number)) to[i] = from[i];
				}
			}
		}
	}

	/** Grows an area to the sides, then up and down. */
	private static void grow(final boolean[] area, final int width, final int by) {
		final int height = area.length / width;
		for (int y = 0; y < height; y++) growLine(area, y * width, 1, width, by);
		for (int x = 0; x < width; x++) growLine(area, x, width, height, by);
	}

	private static void growLine(final boolean[] area, final int start, final int step, final int length, final int by) {
		final boolean[] line = new boolean[length];
		for (int i = 0; i < length; i++) line[i] = area[start + i * step];
		int last = -by - 1;
		int next = 0;
		for (int i = 0; i < length; i++) {
			if (line[i]) last = i;
			next = Math.max(next, i);
			while (next < length && !line[next]) next++;
			area[start + i * step] = i - last <= by || next - i <= by && next < length;
		}
	}

	private static Img<FloatType> copy(final Img<FloatType> maps) {
		final PlanarImg<FloatType, FloatArray> copy = PlanarImgs.floats(maps.dimensionsAsLongArray());
		for (int c = 0; c < ProbabilityMaps.channels(maps); c++) {
			final float[] plane = ProbabilityMaps.plane(maps, c);
			System.arraycopy(plane, 0, ProbabilityMaps.plane(copy, c), 0, plane.length);
		}
		return copy;
	}

	/** Areas, confidences and bounds of a look's objects, by label. */
	private static final class Objects {

		private final int[] areas;
		private final double[] sums;
		private final int[] bounds;

		Objects(final Look look) {
			final int largest = LabelRuns.largest(look.labels());
			final float[] probabilities = ProbabilityMaps.plane(look.maps, 0);
			final int width = look.width();
			areas = new int[largest + 1];
			sums = new double[largest + 1];
			bounds = new int[4 * (largest + 1)];
			LabelRuns.forEach(look.labels(), (label, start, end) -> {
				double sum = 0;
				for (int i = start; i < end; i++) sum += probabilities[i];
				sums[label] += sum;
				final boolean wraps = start / width != (end - 1) / width;
				final int[] b = { wraps ? 0 : start % width, start / width, wraps ? width - 1 : (end - 1) % width, (end - 1) /
					width };
				final int at = 4 * label;
				final boolean first = areas[label] == 0;
				bounds[at] = first ? b[0] : Math.min(bounds[at], b[0]);
				bounds[at + 1] = first ? b[1] : Math.min(bounds[at + 1], b[1]);
				bounds[at + 2] = first ? b[2] : Math.max(bounds[at + 2], b[2]);
				bounds[at + 3] = first ? b[3] : Math.max(bounds[at + 3], b[3]);
				areas[label] += end - start;
			});
		}

		int count() {
			return areas.length - 1;
		}

		double confidence(final int label) {
			return sums[label] / areas[label];
		}

		double diameter(final int label) {
			return 2 * Math.sqrt(areas[label] / Math.PI);
		}

		Rectangle bounds(final int label) {
			final int at = 4 * label;
			return new Rectangle(bounds[at], bounds[at + 1], bounds[at + 2] - bounds[at] + 1, bounds[at + 3] - bounds[at + 1] + 1);
		}
	}
}
