package io.github.nuclei4j.dataset;

/** Random numbers of Poisson's distribution; above 30 from the normal one. The same seed gives the same numbers. */
final class PhotonCounts {

	private long state;

	PhotonCounts(final long seed) {
		state = seed | 1;
	}

	/** A count whose mean is given; 0 for a mean of 0 or less. */
	float next(final float mean) {
		if (!(mean > 0)) return 0;
		if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
		final double end = Math.exp(-mean);
		double product = even();
		int count = 0;
		while (product > end) {
			product *= even();
			count++;
		}
		return count;
	}

	private double even() {
		state ^= state << 13;
		state ^= state >>> 7;
		state ^= state << 17;
		return ((state >>> 11) + 1) * 0x1p-53;
	}

	/** Nearly normal: the sum of four even numbers. */
	private double normal() {
		return (even() + even() + even() + even() - 2) * Math.sqrt(3);
	}
}
