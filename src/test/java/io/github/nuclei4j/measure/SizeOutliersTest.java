package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.process.ByteProcessor;

class SizeOutliersTest {

	/** Log areas 0 to 10 in steps of 1: median 5, scaled deviation 3 * 1.4826, so the limit is 15.567 from 5. */
	@Test
	void theLimitIsThreeAndAHalfScaledDeviations() {
		final double[] areas = new double[12];
		for (int i = 0; i < 11; i++) areas[i] = Math.exp(i);
		for (final double[] last : new double[][] { { 20.5, 0 }, { 23, 1 }, { -9.5, 0 }, { -12, -1 } }) {
			areas[11] = Math.exp(last[0]);
			// with the twelfth the median is 5.5 or 4.5, the deviation 3
			assertEquals((int) last[1], SizeOutliers.of(areas)[11], "log area " + last[0]);
		}
	}

	@Test
	void scaleAndOrderDoNotMatter() {
		final Random random = new Random(4);
		final double[] areas = random.doubles(200).map(d -> Math.exp(random.nextGaussian() * 0.3 + 5)).toArray();
		areas[17] = 4;
		areas[99] = 9000;
		final int[] outliers = SizeOutliers.of(areas);
		assertEquals(-1, outliers[17]);
		assertEquals(1, outliers[99]);
		assertTrue(Arrays.stream(outliers).filter(outlier -> outlier != 0).count() <= 4);
		assertArrayEquals(outliers, SizeOutliers.of(Arrays.stream(areas).map(area -> area * 0.0123).toArray()));
		final double[] reversed = new double[200];
		for (int i = 0; i < 200; i++) reversed[i] = areas[199 - i];
		assertEquals(-1, SizeOutliers.of(reversed)[182]);
	}

	@Test
	void fewNucleiAndEqualNucleiHaveNoOutliers() {
		final double[] nine = { 10, 11, 12, 10, 11, 12, 10, 11, 100000 };
		assertEquals(0, SizeOutliers.of(nine)[8]);
		final double[] ten = Arrays.copyOf(nine, 10);
		ten[9] = 12;
		assertEquals(1, SizeOutliers.of(ten)[8]);
		final double[] equal = new double[20];
		Arrays.fill(equal, 50);
		equal[3] = 5000;
		assertEquals(0, SizeOutliers.of(equal)[3]);
		assertEquals(0, SizeOutliers.of(new double[0]).length);
	}

	@Test
	void measurementsAndTablesTellThem() {
		final ByteProcessor labels = new ByteProcessor(200, 40);
		for (int i = 0; i < 11; i++) {
			labels.setValue(i + 1);
			labels.setRoi(2 + 12 * i, 2, i == 10 ? 60 : 8 + i % 3, i == 10 ? 30 : 8);
			labels.fill();
		}
		final ImagePlus image = new ImagePlus("labels", labels);
		image.getCalibration().pixelWidth = 0.25;
		final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, image, null);
		assertEquals(1, nuclei.get(10).sizeOutlier());
		assertEquals(1, MeasurementTable.of(nuclei).getValue("SizeOutlier", 10));
		assertEquals(0, MeasurementTable.of(nuclei).getValue("SizeOutlier", 4));
		assertEquals(10, nuclei.stream().filter(nucleus -> nucleus.sizeOutlier() == 0).count());
	}
}
