package io.github.nuclei4j.separate;

import java.util.List;

/**
 * Tidies the regions that flows made. Two regions are one nucleus if the flow does not part between them; then regions are
 * cut into connected pieces, and fragments go to the neighbour they share most border with. In place, linear time.
 */
final class FlowRegions {

	/** How far from the border the flow is looked at, pixels: right at it, it is blurred. */
	private static final int REACH = 2;

	/** A piece smaller than its region's largest one divided by this is a fragment. */
	private static final int FRAGMENT = 4;

	/** How often fragments of fragments are joined. */
	private static final int ROUNDS = 3;

	private final int[] labels;
	private final int width;
	private final int height;

	/** @param labels row by row, 0 for background; altered */
	FlowRegions(final int[] labels, final int width) {
		this.labels = labels;
		this.width = width;
		height = labels.length / width;
	}

	/**
	 * Makes one region of those between which the flow's mean change across the border is below a limit: 2 where it parts
	 * sharply, 0 where it is the same on both sides, negative where it meets.
	 *
	 * @param largest label
	 * @param limit of the change
	 */
	void merge(final int largest, final float[] flowX, final float[] flowY, final double limit) {
		final RegionBorders borders = new RegionBorders();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				final int a = labels[i];
				if (a == 0) continue;
				if (x + 1 < width && labels[i + 1] != a && labels[i + 1] != 0) {
					borders.add(a, labels[i + 1], change(flowX, i, 1, x, width - 2 - x));
				}
				if (y + 1 < height && labels[i + width] != a && labels[i + width] != 0) {
					borders.add(a, labels[i + width], change(flowY, i, width, y, height - 2 - y));
				}
			}
		}
		final DisjointSets sets = new DisjointSets(largest + 1);
		for (final RegionBorders.Border border : borders.all()) {
			if (border.mean() < limit) sets.join(border.a, border.b);
		}
		sets.apply(labels);
	}

	/** How much the flow changes from pixel {@code i} to its neighbour, where it changes most within reach of the border. */
	private double change(final float[] flow, final int i, final int step, final int roomBefore, final int roomBehind) {
		float before = flow[i];
		int k = i;
		for (int n = 0; n < Math.min(REACH, roomBefore) && labels[k - step] == labels[i]; n++) {
			k -= step;
			before = Math.min(before, flow[k]);
		}
		float behind = flow[i + step];
		k = i + step;
		for (int n = 0; n < Math.min(REACH, roomBehind) && labels[k + step] == labels[i + step]; n++) {
			k += step;
			behind = Math.max(behind, flow[k]);
		}
		return 2.0 * (behind - before);
	}

	/**
	 * Cuts regions into 4-connected pieces and joins fragments to their neighbours: pieces below the minimum size, and pieces
	 * that are much smaller than their region's largest. Fragments without a neighbour stay.
	 *
	 * @return the largest label now
	 */
	int joinFragments(final int largest, final int minimumSize) {
		final int[] regions = new int[Math.max(16, largest + 1)];
		final LabelPieces pieces = new LabelPieces(labels, width);
		final int count = pieces.count();
		final int[] areas = LabelRuns.areas(labels, count);
		for (int piece = 1; piece <= count; piece++) {
			final int region = pieces.region(piece);
			regions[region] = Math.max(regions[region], areas[piece]);
		}
		final boolean[] loose = new boolean[count + 1];
		boolean any = false;
		for (int piece = 1; piece <= count; piece++) {
			loose[piece] = areas[piece] < minimumSize || areas[piece] < regions[pieces.region(piece)] / FRAGMENT;
			any |= loose[piece];
		}
		for (int round = 0; any && round < ROUNDS; round++) any = joinOnce(count, loose);
		return count;
	}

	/** Joins the fragments that border something else; whether there were any. */
	private boolean joinOnce(final int count, final boolean[] loose) {
		final RegionBorders borders = new RegionBorders();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				final int a = labels[i];
				if (a == 0) continue;
				if (x + 1 < width) addIfLoose(borders, a, labels[i + 1], loose);
				if (y + 1 < height) addIfLoose(borders, a, labels[i + width], loose);
			}
		}
		final int[] best = new int[count + 1];
		final int[] length = new int[count + 1];
		final List<RegionBorders.Border> all = borders.all();
		for (final RegionBorders.Border border : all) {
			final int fragment = loose[border.a] ? border.a : border.b;
			if (border.length > length[fragment]) {
				length[fragment] = border.length;
				best[fragment] = border.a + border.b - fragment;
			}
		}
		for (int i = 0; i < labels.length; i++) {
			if (best[labels[i]] != 0) labels[i] = best[labels[i]];
		}
		for (int piece = 1; piece <= count; piece++) {
			if (best[piece] != 0) loose[piece] = false;
		}
		return !all.isEmpty();
	}

	private static void addIfLoose(final RegionBorders borders, final int a, final int b, final boolean[] loose) {
		if (b != 0 && loose[a] != loose[b]) borders.add(a, b, 0);
	}
}
