package io.github.nuclei4j.separate;

import java.util.Arrays;

/** Cuts the regions of a label plane into 4-connected pieces, in place and in linear time. */
final class LabelPieces {

	private int[] regions = new int[1024];
	private int[] parents = new int[1024];
	private int count;

	/** @param labels row by row, 0 for background; replaced by the numbers of the pieces, 1 to {@link #count()} */
	LabelPieces(final int[] labels, final int width) {
		final int[] above = new int[width];
		final int[] row = new int[width];
		for (int start = 0; start < labels.length; start += width) {
			System.arraycopy(labels, start, row, 0, width);
			for (int x = 0; x < width; x++) {
				final int label = row[x];
				if (label == 0) continue;
				final int left = x > 0 && row[x - 1] == label ? labels[start + x - 1] : 0;
				final int upper = start > 0 && above[x] == label ? labels[start + x - width] : 0;
				if (left == 0 && upper == 0) labels[start + x] = begin(label);
				else {
					labels[start + x] = left == 0 ? upper : left;
					// inside a region the pixel between the two has joined them
					if (left != 0 && upper != 0 && left != upper && above[x - 1] != label) join(left, upper);
				}
			}
			System.arraycopy(row, 0, above, 0, width);
		}
		final int[] numbers = new int[count + 1];
		int last = 0;
		for (int piece = 1; piece <= count; piece++) {
			final int root = find(piece);
			if (root < piece) {
				numbers[piece] = numbers[root];
				continue;
			}
			numbers[piece] = ++last;
			regions[last] = regions[piece];
		}
		count = last;
		for (int i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]];
	}

	private int begin(final int region) {
		if (++count == parents.length) {
			parents = Arrays.copyOf(parents, 2 * count);
			regions = Arrays.copyOf(regions, 2 * count);
		}
		parents[count] = count;
		regions[count] = region;
		return count;
	}

	private void join(final int a, final int b) {
		final int rootA = find(a);
		final int rootB = find(b);
		if (rootA < rootB) parents[rootB] = rootA;
		else parents[rootA] = rootB;
	}

	private int find(final int piece) {
		int i = piece;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	/** Number of pieces. */
	int count() {
		return count;
	}

	/** The label of the region that a piece was cut from. */
	int region(final int piece) {
		return regions[piece];
	}
}
