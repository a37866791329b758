package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.nuclei4j.volume.Bodies;

class VolumeMeasurerTest {

	/** Surface of an ellipsoid by integration over the sphere: the mean of |normal scaled| over directions. */
	private static double surface(final double a, final double b, final double c) {
		double sum = 0;
		final int steps = 400;
		for (int i = 0; i < steps; i++) {
			final double theta = Math.PI * (i + 0.5) / steps;
			for (int k = 0; k < steps; k++) {
				final double phi = 2 * Math.PI * (k + 0.5) / steps;
				final double x = b * c * Math.sin(theta) * Math.cos(phi);
				final double y = a * c * Math.sin(theta) * Math.sin(phi);
				final double z = a * b * Math.cos(theta);
				sum += Math.sqrt(x * x + y * y + z * z) * Math.sin(theta);
			}
		}
		return sum * Math.PI / steps * 2 * Math.PI / steps;
	}

	@ParameterizedTest
	@CsvSource({ "10,10,10,1", "10,10,10,2", "12,9,7,1", "12,9,14,2", "8,8,16,2.2", "10,10,12,3", "20,14,12,4" })
	void idealBodies(final double a, final double b, final double c, final double step) {
		final Bodies bodies = new Bodies(50, 50, (int) Math.ceil(50 / step), 1, 1, step).add(25.3, 24.8, 25.1, a, b, c);
		final List<VolumeMeasurement> all = VolumeMeasurer.measure(bodies.image(), bodies.labelImage(), null);
		assertEquals(1, all.size());
		final VolumeMeasurement nucleus = all.get(0);
		final double volume = 4.0 / 3 * Math.PI * a * b * c;
		assertEquals(volume, nucleus.volume(), 0.02 * volume);
		final double surface = surface(a, b, c);
		assertEquals(surface, nucleus.surface(), 0.05 * surface);
		final double longest = 2 * Math.max(a, Math.max(b, c));
		final double shortest = 2 * Math.min(a, Math.min(b, c));
		assertEquals(longest, nucleus.axis(1), 0.03 * longest);
		assertEquals(shortest, nucleus.axis(3), 0.03 * shortest);
		assertEquals(25.3, nucleus.x(), 0.15);
		assertEquals(25.1, nucleus.z(), 0.15 * step);
		assertEquals(Math.cbrt(Math.PI) * Math.pow(6 * volume, 2.0 / 3) / surface, nucleus.sphericity(), 0.06);
		assertEquals(60_000, nucleus.mean(1), 1e-9);
		assertEquals("\u00b5m", nucleus.unit());
	}

	@Test
	void facesAndSlices() {
		final Bodies bodies = new Bodies(30, 30, 15, 1, 1, 2).add(3, 15, 4, 6, 6, 6).add(22, 22, 15, 5, 5, 6);
		final List<VolumeMeasurement> all = VolumeMeasurer.measure(bodies.image(), bodies.labelImage(), null);
		assertEquals("left first", all.get(0).faces());
		assertEquals("", all.get(1).faces());
		assertEquals(6, all.get(1).firstSlice());
		assertEquals(10, all.get(1).lastSlice());
		final List<List<Object>> rows = NucleusTable.ofVolumes(all).rows();
		assertEquals("nucleus-0002", rows.get(1).get(0));
		assertEquals(NucleusTable.ofVolumes(all).header().size(), rows.get(1).size());
	}

	@Test
	void outlinesAreNamedByNucleusAndSlice() {
		final ImagePlus labels = new Bodies(30, 30, 15, 1, 1, 2).add(22, 22, 15, 5, 5, 6).labelImage();
		final List<Roi> outlines = VolumeMeasurer.outlines(labels, labels);
		assertEquals("nucleus-0001-z006", outlines.get(0).getName());
		assertEquals(6, outlines.get(0).getPosition());
	}
}
