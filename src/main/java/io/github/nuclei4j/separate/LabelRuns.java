package io.github.nuclei4j.separate;

/** The runs of equal labels of a plane, of which there are far fewer than pixels: what is summed up by label goes by them. */
public final class LabelRuns {

	private LabelRuns() {}

	/** Takes a run. */
	@FunctionalInterface
	public interface Run {

		/** A label, not 0, and the indices of the pixels that have it: {@code start} to before {@code end}. */
		void of(int label, int start, int end);
	}

	/** Names all runs but those of background; a run may go on in the next row. */
	public static void forEach(final int[] labels, final Run run) {
		int start = 0;
		while (start < labels.length) {
			final int label = labels[start];
			int end = start + 1;
			while (end < labels.length && labels[end] == label) end++;
			if (label != 0) run.of(label, start, end);
			start = end;
		}
	}

	/** Pixels of each label from 0 to {@code largest}; 0 for background. */
	public static int[] areas(final int[] labels, final int largest) {
		final int[] areas = new int[largest + 1];
		forEach(labels, (label, start, end) -> areas[label] += end - start);
		return areas;
	}

	/** The largest label, 0 without any. */
	public static int largest(final int[] labels) {
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		return largest;
	}
}
