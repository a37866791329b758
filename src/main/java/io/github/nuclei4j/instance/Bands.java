package io.github.nuclei4j.instance;

import java.util.stream.IntStream;

/** Work on the rows of a plane, shared out among the processors. */
final class Bands {

	private static final int ROWS = 32;

	private Bands() {}

	/** Does the work of some rows; may write only what belongs to them. */
	interface Work {

		void rows(int from, int to);
	}

	/** Does the work of rows 0 to {@code height} - 1, some at a time, at the same time. */
	static void run(final int height, final Work work) {
		final int count = (height + ROWS - 1) / ROWS;
		IntStream.range(0, count).parallel().forEach(band -> work.rows(band * ROWS, Math.min(height, (band + 1) *
			ROWS)));
	}
}
