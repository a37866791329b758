package io.github.nuclei4j.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.separate.DisjointSets;

/**
 * Links nuclei of neighbouring slices by overlap. Sections are linked one to one, those with the highest intersection over
 * union first. If asked for, what that misses is mended: a nucleus that is missing in one slice is continued behind it, pieces
 * of a nucleus that is split in one or two slices are joined, and chains are cut at their necks.
 */
final class SliceLinker {

	/** Intersection over union from which on sections are linked. */
	private static final double LINKED = 0.25;

	/** Share of a piece that lies in the section of a neighbouring slice. */
	private static final double INSIDE = 0.6;

	/** Slices in which a nucleus may be split. */
	private static final int SPLIT = 2;

	/** A neck's section has at most this share of the area of the smaller of the largest sections on both sides. */
	private static final double NECK = 0.5;

	private final int[][] slices;
	private final int[][] areas;
	private final int[] offsets;
	private final DisjointSets sets;

	/** What the section is linked to in the next slice, and in the one before; 0 for nothing. */
	private final int[] next;
	private final int[] previous;
	private final int[] sliceOf;

	private SliceLinker(final int[][] slices) {
		this.slices = slices;
		areas = new int[slices.length][];
		offsets = new int[slices.length + 1];
		for (int z = 0; z < slices.length; z++) {
			areas[z] = new int[VolumeSeparator.largest(slices[z]) + 1];
			for (final int label : slices[z]) areas[z][label]++;
			offsets[z + 1] = offsets[z] + areas[z].length - 1;
		}
		final int count = offsets[slices.length] + 1;
		sets = new DisjointSets(count);
		next = new int[count];
		previous = new int[count];
		sliceOf = new int[count];
		for (int z = 0; z < slices.length; z++) for (int id = offsets[z] + 1; id <= offsets[z + 1]; id++) sliceOf[id] = z;
	}

	/**
	 * Replaces the labels of slices by those of nuclei.
	 *
	 * @param slices row by row, in each 0 for background and 1..n; altered
	 * @param mended whether gaps, splits and chains are mended
	 */
	static void link(final int[][] slices, final boolean mended) {
		new SliceLinker(slices).run(mended);
	}

	private void run(final boolean mended) {
		for (int z = 1; z < slices.length; z++) link(z - 1, z);
		final List<int[]> gaps = new ArrayList<>();
		if (mended) {
			for (int z = 2; z < slices.length; z++) gaps.addAll(link(z - 2, z));
			cutNecks();
		}
		for (int id = 1; id < next.length; id++) if (next[id] != 0) sets.join(id, next[id]);
		if (mended) joinPieces();
		for (int z = 0; z < slices.length; z++) {
			for (int i = 0; i < slices[z].length; i++) {
				if (slices[z][i] != 0) slices[z][i] = sets.find(offsets[z] + slices[z][i]);
			}
		}
		for (final int[] gap : gaps) if (next[gap[0]] == gap[1]) fill(sliceOf[gap[0]] + 1, sets.find(gap[0]));
	}

	/** Two sections that share pixels. */
	private static final class Pair {

		private final int a;
		private final int b;
		private int shared;

		Pair(final int a, final int b) {
			this.a = a;
			this.b = b;
		}
	}

	/** The pairs of sections of two slices that share pixels. */
	private List<Pair> pairs(final int z, final int other) {
		final Map<Long, Pair> pairs = new HashMap<>();
		for (int i = 0; i < slices[z].length; i++) {
			final int a = slices[z][i];
			final int b = slices[other][i];
			if (a != 0 && b != 0) pairs.computeIfAbsent((long) a << 32 | b, key -> new Pair(offsets[z] + a, offsets[other] + b)).shared++;
		}
		final List<Pair> sorted = new ArrayList<>(pairs.values());
		sorted.sort(Comparator.comparingInt((final Pair pair) -> pair.a).thenComparingInt(pair -> pair.b));
		return sorted;
	}

	private int area(final int id) {
		return areas[sliceOf[id]][id - offsets[sliceOf[id]]];
	}

	private double iou(final Pair pair) {
		return (double) pair.shared / (area(pair.a) + area(pair.b) - pair.shared);
	}

	/** Links the free sections of two slices; the new links. */
	private List<int[]> link(final int z, final int other) {
		final List<Pair> pairs = pairs(z, other);
		pairs.sort(Comparator.comparingDouble((final Pair pair) -> -iou(pair)));
		final List<int[]> links = new ArrayList<>();
		for (final Pair pair : pairs) {
			if (iou(pair) < LINKED || next[pair.a] != 0 || previous[pair.b] != 0) continue;
			next[pair.a] = pair.b;
			previous[pair.b] = pair.a;
			links.add(new int[] { pair.a, pair.b });
		}
		return links;
	}

	/** Cuts chains of sections where they are narrow between wider ones. */
	private void cutNecks() {
		for (int id = 1; id < next.length; id++) {
			if (previous[id] == 0) cutNecks(id);
		}
	}

	private void cutNecks(final int start) {
		final List<Integer> chain = new ArrayList<>();
		for (int id = start; id != 0; id = next[id]) chain.add(id);
		for (int k = 2; k < chain.size() - 2; k++) {
			int before = 0;
			int behind = 0;
			for (int i = 0; i < k; i++) before = Math.max(before, area(chain.get(i)));
			for (int i = k + 1; i < chain.size(); i++) behind = Math.max(behind, area(chain.get(i)));
			final int here = area(chain.get(k));
			final boolean least = here <= area(chain.get(k - 1)) && here < area(chain.get(k + 1));
			if (!least || here > NECK * Math.min(before, behind)) continue;
			next[chain.get(k)] = 0;
			previous[chain.get(k + 1)] = 0;
			cutNecks(chain.get(k + 1));
			return;
		}
	}

	/** Joins short chains to the one in whose sections they lie. */
	private void joinPieces() {
		final Map<Integer, Integer> lengths = new HashMap<>();
		for (int id = 1; id < next.length; id++) lengths.merge(sets.find(id), 1, Integer::sum);
		for (int z = 0; z < slices.length; z++) {
			for (final int other : new int[] { z - 1, z + 1 }) {
				if (other < 0 || other >= slices.length) continue;
				for (final Pair pair : pairs(z, other)) {
					final int piece = sets.find(pair.a);
					final int whole = sets.find(pair.b);
					if (piece == whole || pair.shared < INSIDE * area(pair.a)) continue;
					if (lengths.getOrDefault(piece, 0) > SPLIT || lengths.getOrDefault(whole, 0) <= SPLIT) continue;
					sets.join(pair.a, pair.b);
					lengths.put(sets.find(pair.b), lengths.get(whole));
				}
			}
		}
	}

	/** Puts a nucleus that is in the slices before and behind a slice into that, too, where it is in both and nothing else is. */
	private void fill(final int z, final int nucleus) {
		for (int i = 0; i < slices[z].length; i++) {
			if (slices[z][i] == 0 && slices[z - 1][i] == nucleus && slices[z + 1][i] == nucleus) slices[z][i] = nucleus;
		}
	}
}
