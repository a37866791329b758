package io.github.nuclei4j.separate;

/** Sets of numbers that are joined bit by bit (union-find); a set is named by its lowest number. */
public final class DisjointSets {

	private final int[] parents;

	/** Each number from 0 to {@code count} - 1 by itself. */
	public DisjointSets(final int count) {
		parents = new int[count];
		for (int i = 0; i < count; i++) parents[i] = i;
	}

	/** Joins the sets of two numbers. */
	public void join(final int a, final int b) {
		final int rootA = find(a);
		final int rootB = find(b);
		if (rootA < rootB) parents[rootB] = rootA;
		else parents[rootA] = rootB;
	}

	/** Name of a number's set. */
	public int find(final int number) {
		int i = number;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	/** Replaces every number by its set's name. */
	public void apply(final int[] numbers) {
		for (int i = 0; i < parents.length; i++) parents[i] = find(i);
		for (int i = 0; i < numbers.length; i++) numbers[i] = parents[numbers[i]];
	}
}
