package io.github.nuclei4j.cells;

import io.github.nuclei4j.measure.LabelPlane;
import io.github.nuclei4j.util.ParallelRows;

/** Where the pixels of each cell of a plane are, sorted by nucleus, then zone, so that each channel is read cell by cell. */
final class CellPixels {

	private static final int ZONES = CellMap.RING;

	/** Cells in each parallel task. */
	private static final int AT_ONCE = 64;

	private final int[] starts;
	private final int[] positions;
	private final int cells;

	/** @param plane of which the map was grown: cells have its indices */
	CellPixels(final CellMap map, final LabelPlane plane) {
		final int[] numbers = map.cells();
		final byte[] zones = map.zones();
		cells = plane.size();
		final int lowest = plane.lowest();
		starts = new int[cells * ZONES + 1];
		for (int i = 0; i < numbers.length; i++) {
			if (zones[i] != CellMap.NONE) starts[(numbers[i] - lowest) * ZONES + zones[i]]++;
		}
		for (int k = 1; k < starts.length; k++) starts[k] += starts[k - 1];
		positions = new int[starts[starts.length - 1]];
		final int[] next = starts.clone();
		for (int i = 0; i < numbers.length; i++) {
			if (zones[i] != CellMap.NONE) positions[next[(numbers[i] - lowest) * ZONES + zones[i] - 1]++] = i;
		}
	}

	/** Number of pixels of a compartment of the cell at an index. */
	int count(final int index, final CellCompartment compartment) {
		final int first = index * ZONES;
		switch (compartment) {
			case NUCLEUS:
				return starts[first + 1] - starts[first];
			case RING:
				return starts[first + ZONES] - starts[first + ZONES - 1];
			default:
				return starts[first + ZONES] - starts[first];
		}
	}

	/**
	 * Measures a channel in all cells.
	 *
	 * @param values of the plane, row by row
	 * @param averaged whether the median of an even number of pixels is the mean of two
	 * @param background taken away from each pixel
	 * @return by index, then compartment
	 */
	CellStatistics[][] measure(final float[] values, final boolean averaged, final double background) {
		final CellStatistics[][] statistics = new CellStatistics[cells][];
		ParallelRows.run(cells, AT_ONCE, (from, to) -> {
			float[] buffer = new float[1024];
			for (int k = from; k < to; k++) {
				final int first = starts[k * ZONES];
				final int n = starts[(k + 1) * ZONES] - first;
				if (n == 0) continue;
				if (n > buffer.length) buffer = new float[2 * n];
				for (int i = 0; i < n; i++) buffer[i] = values[positions[first + i]];
				final int ring = n - count(k, CellCompartment.RING);
				statistics[k] = new CellStatistics[] { CellStatistics.of(buffer, 0, count(k, CellCompartment.NUCLEUS), averaged).minus(
					background), CellStatistics.of(buffer, ring, n, averaged).minus(background), CellStatistics.of(buffer, 0, n, averaged)
						.minus(background) };
			}
		});
		return statistics;
	}
}
