package io.github.nuclei4j.instance;

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
					borders.add(a, labels[i + 1], 2.0 * (flowX[inside(i + 1, 1, width - 2 - x)] - flowX[inside(i, -1, x)]));
				}
				if (y + 1 < height && labels[i + width] != a && labels[i + width] != 0) {
					borders.add(a, labels[i + width], 2.0 * (flowY[inside(i + width, width, height - 2 - y)] - flowY[inside(i,
						-width, y)]));
				}
			}
		}
		final DisjointSets sets = new DisjointSets(largest + 1);
		for (final RegionBorders.Border border : borders.all()) {
			if (border.mean() < limit) sets.join(border.a, border.b);
		}
		sets.apply(labels);
	}

	/** The pixel up to {@link #REACH} steps on from one, in the same region. */
	private int inside(final int start, final int step, final int room) {
		int i = start;
		for (int k = 0; k < Math.min(REACH, room) && labels[i + step] == labels[start]; k++) i += step;
		return i;
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
		final int[] areas = new int[count + 1];
		for (final int piece : labels) areas[piece]++;
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
		for (int i = 0; i < labels.length; i++) {
			final int a = labels[i];
			if (a == 0) continue;
			if ((i + 1) % width != 0) addIfLoose(borders, a, labels[i + 1], loose);
			if (i + width < labels.length) addIfLoose(borders, a, labels[i + width], loose);
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
