package io.github.nuclei4j.batch;

import java.util.List;

/** Least squares: {@code seconds = perImage + perMegapixel * megapixels + perNucleus * nuclei}, relative errors counting alike. */
final class LinearCost {

	private final double[] factors;

	/** @param rows seconds, megapixels, nuclei; at least as many rows as different unknowns */
	LinearCost(final List<double[]> rows) {
		final double[][] m = new double[3][4];
		for (final double[] row : rows) {
			final double weight = 1 / (row[0] * row[0]);
			final double[] x = { 1, row[1], row[2] };
			for (int i = 0; i < 3; i++) {
				for (int j = 0; j < 3; j++) m[i][j] += weight * x[i] * x[j];
				m[i][3] += weight * x[i] * row[0];
			}
		}
		factors = solve(m);
	}

	private static double[] solve(final double[][] m) {
		for (int i = 0; i < 3; i++) {
			int pivot = i;
			for (int r = i + 1; r < 3; r++) if (Math.abs(m[r][i]) > Math.abs(m[pivot][i])) pivot = r;
			final double[] swapped = m[i];
			m[i] = m[pivot];
			m[pivot] = swapped;
			for (int r = 0; r < 3; r++) {
				if (r == i) continue;
				final double factor = m[r][i] / m[i][i];
				for (int c = i; c < 4; c++) m[r][c] -= factor * m[i][c];
			}
		}
		return new double[] { m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2] };
	}

	double perImage() {
		return factors[0];
	}

	double perMegapixel() {
		return factors[1];
	}

	double perNucleus() {
		return factors[2];
	}
}
