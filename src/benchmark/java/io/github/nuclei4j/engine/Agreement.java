package io.github.nuclei4j.engine;

/** Holds implementations to what DL4J gives: times of networks that compute different things would mean nothing. */
final class Agreement {

	/** An output that hardly varies would hide differences. */
	private static final double LEAST_SPREAD = 0.01;

	private final String workload;
	private final float[] expected;

	/** Runs the workload's network on DL4J with our layers. */
	Agreement(final Workload workload) {
		this.workload = workload.toString();
		expected = workload.expected();
		double lowest = Double.POSITIVE_INFINITY;
		double highest = Double.NEGATIVE_INFINITY;
		for (final float value : expected) {
			lowest = Math.min(lowest, value);
			highest = Math.max(highest, value);
		}
		// Not the other way round: not a number must fail.
		if (!(highest - lowest >= LEAST_SPREAD)) throw new IllegalStateException(workload + ": DL4J's output is between " +
			lowest + " and " + highest + ", which is too uniform to compare others with it.");
	}

	/**
	 * The largest difference of an output from DL4J's, anywhere in the image.
	 *
	 * @throws IllegalStateException if it is above the implementation's tolerance
	 */
	double check(final Implementation implementation, final float[] output) {
		if (output.length != expected.length) throw new IllegalStateException(workload + ": " + implementation.title() +
			" gives " + output.length + " values instead of " + expected.length + ".");
		double largest = 0;
		for (int i = 0; i < output.length; i++) {
			// Not a number stays what it is.
			largest = Math.max(largest, Math.abs(output[i] - expected[i]));
		}
		if (!(largest <= implementation.tolerance())) throw new IllegalStateException(workload + ": the output of " +
			implementation.title() + " differs from DL4J's by " + largest + ", at most " + implementation.tolerance() +
			" is allowed. No times are given.");
		return largest;
	}
}
