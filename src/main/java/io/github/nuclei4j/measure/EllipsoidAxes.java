package io.github.nuclei4j.measure;

import java.util.Arrays;

/** The axes of the ellipsoid that has the second moments of a body. */
final class EllipsoidAxes {

	private EllipsoidAxes() {}

	/**
	 * Full lengths of the axes, the longest first: 2 sqrt(5 v) for each principal variance v.
	 *
	 * @param m variances xx, yy, zz and covariances xy, xz, yz
	 */
	static double[] of(final double... m) {
		final double[] variances = eigenvalues(m);
		final double[] axes = new double[3];
		for (int i = 0; i < 3; i++) axes[i] = 2 * Math.sqrt(5 * Math.max(0, variances[2 - i]));
		return axes;
	}

	/** Eigenvalues of a symmetric matrix, ascending (trigonometric form, Smith 1961, doi 10.1145/355578.366316). */
	private static double[] eigenvalues(final double[] m) {
		final double off = m[3] * m[3] + m[4] * m[4] + m[5] * m[5];
		final double mean = (m[0] + m[1] + m[2]) / 3;
		final double a = m[0] - mean;
		final double b = m[1] - mean;
		final double c = m[2] - mean;
		final double p = Math.sqrt((a * a + b * b + c * c + 2 * off) / 6);
		if (p == 0) return new double[] { mean, mean, mean };
		final double determinant = a * (b * c - m[5] * m[5]) - m[3] * (m[3] * c - m[5] * m[4]) + m[4] * (m[3] * m[5] - b * m[4]);
		final double angle = Math.acos(Math.max(-1, Math.min(1, determinant / (2 * p * p * p)))) / 3;
		final double first = mean + 2 * p * Math.cos(angle);
		final double third = mean + 2 * p * Math.cos(angle + 2 * Math.PI / 3);
		final double[] values = { first, 3 * mean - first - third, third };
		Arrays.sort(values);
		return values;
	}
}
