package io.github.nuclei4j.cells;

/** A share with its 95 % confidence interval (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
public final class WilsonInterval {

	/** Quantile 0.975 of the normal distribution. */
	private static final double Z = 1.959963984540054;

	private WilsonInterval() {}

	/** Lower end of the interval of {@code count} of {@code total}, 0 to 1; NaN if {@code total} is 0. */
	public static double lower(final long count, final long total) {
		return count == 0 && total > 0 ? 0 : end(count, total, -1);
	}

	/** Upper end, 0 to 1; NaN if {@code total} is 0. */
	public static double upper(final long count, final long total) {
		return count == total && total > 0 ? 1 : end(count, total, 1);
	}

	private static double end(final long count, final long total, final int side) {
		if (total == 0) return Double.NaN;
		final double share = (double) count / total;
		final double z2 = Z * Z / total;
		return (share + z2 / 2 + side * Z * Math.sqrt((share * (1 - share) + z2 / 4) / total)) / (1 + z2);
	}
}
