package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.filter.GaussianBlur;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

class FociCounterTest {

	/** Standard deviation of the drawn spots, and the diameter that it makes. */
	private static final double SD = 1.4;
	private static final double DIAMETER = FociFilter.DIAMETER * SD;

	private static CountedFoci count(final ImagePlus image, final ImagePlus labels, final FociOptions options) {
		return FociCounter.count(image, labels, options, Progress.NONE);
	}

	private static FociOptions given() {
		return FociOptions.in("1").diameter(OptionalDouble.of(DIAMETER));
	}

	private static FociScene scene(final double signal, final int each) {
		return new FociScene(480, 480, 7).grid(60, 22, each, signal, SD);
	}

	@Test
	void aSpotsResponseIsHalfItsHeightAndLargestAtItsOwnSize() {
		final int size = 61;
		final float[] spot = new float[size * size];
		final double sd = 3;
		for (int i = 0; i < spot.length; i++) {
			final double square = Math.pow(i % size - 30, 2) + Math.pow(i / size - 30, 2);
			spot[i] = (float) (100 * Math.exp(-square / (2 * sd * sd)));
		}
		double largest = 0;
		double best = 0;
		for (double diameter = 4; diameter < 16; diameter += 0.25) {
			final FociFilter filter = new FociFilter(diameter);
			final double response = filter.respond(filter.blur(spot, size, size), size, size)[spot.length / 2];
			if (response <= largest) continue;
			largest = response;
			best = diameter;
		}
		assertEquals(FociFilter.DIAMETER * sd, best, 0.3);
		assertEquals(50, largest, 0.7);
	}

	@Test
	void theBlurIsImageJs() {
		final FloatProcessor pixels = new FloatProcessor(40, 30);
		pixels.setf(20, 15, 1000);
		pixels.setf(12, 9, 500);
		final FociFilter filter = new FociFilter(4);
		final float[] blurred = filter.blur((float[]) pixels.getPixels(), 40, 30);
		new GaussianBlur().blurGaussian(pixels, 4 / FociFilter.DIAMETER, 4 / FociFilter.DIAMETER, 2e-4);
		assertArrayEquals((float[]) pixels.getPixels(), blurred, 1e-3f);
	}

	@Test
	void clearFociAreAllFoundWhereTheyAreAndNothingElse() {
		final FociScene scene = scene(12, 6);
		final CountedFoci counted = count(scene.noisy(), scene.labels(), given());
		final int[] score = scene.score(counted);
		assertEquals(scene.foci().size(), score[0]);
		assertEquals(scene.foci().size(), score[1]);
		assertEquals(64, counted.nuclei().size());
		counted.nuclei().forEach(nucleus -> assertEquals(6, nucleus.foci(0).size()));
	}

	@Test
	void nucleiWithoutFociHaveNone() {
		final FociScene scene = scene(0, 0);
		assertTrue(count(scene.noisy(), scene.labels(), given()).count(0) <= 1, "64 nuclei with bright borders and noise");
		assertEquals(0, count(scene.clean(), scene.labels(), given()).count(0));
	}

	@Test
	void faintFociAreFoundWithoutNoise() {
		final FociScene scene = scene(0.5, 6);
		assertArrayEquals(new int[] { scene.foci().size(), scene.foci().size() }, scene.score(count(scene.clean(), scene.labels(),
			given())));
	}

	@Test
	void lessStrengthFindsMore() {
		final FociScene scene = scene(4, 6);
		final ImagePlus noisy = scene.noisy();
		int before = Integer.MAX_VALUE;
		for (final double strength : new double[] { 2, 4, 6, 9 }) {
			final int found = count(noisy, scene.labels(), given().strength(strength)).count(0);
			assertTrue(found < before, found + " at " + strength);
			before = found;
		}
	}

	@Test
	void theDiameterIsEstimated() {
		for (final double sd : new double[] { 1.1, 1.4, 2, 3 }) {
			final FociScene scene = new FociScene(400, 400, 3).grid(100, 40, 5, 25, sd);
			final CountedFoci counted = count(scene.noisy(), scene.labels(), FociOptions.in("1"));
			assertEquals(FociFilter.DIAMETER * sd, counted.diameter(0), 0.2 * FociFilter.DIAMETER * sd);
			assertTrue(counted.notes().get(0).contains("estimated"), counted.notes().toString());
		}
		final FociScene none = scene(0, 0);
		final CountedFoci counted = count(none.noisy(), none.labels(), FociOptions.in("1"));
		assertTrue(counted.notes().get(0).startsWith("Only "), counted.notes().toString());
	}

	@Test
	void areaAndBrightnessAreTheDrawnOnes() {
		final FociScene scene = new FociScene(100, 100, 1).grid(100, 40, 0, 0, 1);
		scene.spot(50, 50, 1000, 3);
		final CountedFoci counted = count(scene.clean(), scene.labels(), FociOptions.in("1").diameter(OptionalDouble.of(3 *
			FociFilter.DIAMETER)));
		final Focus focus = counted.nuclei().get(0).foci(0).get(0);
		assertEquals(50.5, focus.x(), 0.05);
		assertEquals(50.5, focus.y(), 0.05);
		final double half = Math.PI * 9 * 2 * Math.log(2);
		assertEquals(half, focus.pixels(), 0.35 * half, "the circle of half the height, a little blurred");
		assertEquals(scene.clean().getProcessor().getf(20, 50), focus.background(), 8);
		double sum = 0;
		for (int y = 40; y <= 60; y++) {
			for (int x = 40; x <= 60; x++) {
				final double value = scene.clean().getProcessor().getf(x, y) - focus.background();
				if (Math.PI * (Math.pow(x - 50, 2) + Math.pow(y - 50, 2)) <= focus.pixels()) sum += value;
			}
		}
		assertEquals(sum, focus.sum(), 0.05 * sum);
		assertEquals(focus.sum() / focus.pixels(), focus.brightness(), 1e-9);
		assertEquals(focus.pixels(), counted.table().getValue("Foci: Channel 1: Area", 0));
		assertEquals(1, counted.table().getValue("Foci: Channel 1: Number", 0));
	}

	@Test
	void neighboursAndBordersAreNoFoci() {
		final ImagePlus image = new ImagePlus("touching", new FloatProcessor(80, 40));
		final ImagePlus labels = new ImagePlus("labels", new FloatProcessor(80, 40));
		for (int i = 0; i < 80 * 40; i++) {
			final int x = i % 80;
			image.getProcessor().setf(i, x < 40 ? 100 : 900);
			labels.getProcessor().setf(i, x < 40 ? 1 : 2);
		}
		for (int x = 0; x < 80; x++) image.getProcessor().setf(x, 20, 2000);
		assertEquals(0, count(image, labels, given()).count(0), "a fibre runs through two nuclei of unlike brightness");
	}

	@Test
	void fociOfTwoChannelsMeetOnceWithinTheDistance() {
		final FociScene first = new FociScene(100, 60, 1).grid(60, 25, 0, 0, 1);
		final FociScene second = new FociScene(100, 60, 1).grid(60, 25, 0, 0, 1);
		final int[][] places = { { 20, 20 }, { 40, 20 }, { 30, 40 } };
		for (final int[] place : places) first.spot(place[0], place[1], 500, SD);
		second.spot(22, 20, 500, SD);
		second.spot(40, 26, 500, SD);
		final ImageStack stack = new ImageStack(100, 60);
		stack.addSlice("FITC", first.clean().getProcessor());
		stack.addSlice("Cy5", second.clean().getProcessor());
		final ImagePlus image = new ImagePlus("two", stack);
		image.setDimensions(2, 1, 1);
		image.setOpenAsHyperStack(true);
		final FociOptions both = given().second("Cy5");
		assertEquals(1, count(image, first.labels(), both.distance(OptionalDouble.of(3))).nuclei().get(0).meeting());
		assertEquals(2, count(image, first.labels(), both.distance(OptionalDouble.of(6.5))).nuclei().get(0).meeting());
		assertEquals(0, count(image, first.labels(), both.distance(OptionalDouble.of(1))).nuclei().get(0).meeting());
		final CountedFoci counted = count(image, first.labels(), both);
		assertEquals(List.of("FITC", "Cy5"), counted.channels());
		assertEquals(DIAMETER, counted.distance(), 1e-9);
		assertEquals(1, counted.table().getValue("Foci: FITC and Cy5: Number", 0));
		final List<Roi> points = counted.rois(image);
		assertEquals(2, points.size());
		assertEquals(3, ((PointRoi) points.get(0)).size());
		assertEquals("foci-FITC", points.get(0).getName());
	}

	@Test
	void lengthsMayBeCalibrated() {
		final FociScene scene = scene(12, 4);
		final ImagePlus image = scene.noisy();
		final FociOptions micrometres = FociOptions.in("1").unit(SizeUnit.CALIBRATED).diameter(OptionalDouble.of(DIAMETER / 4));
		assertThrows(IllegalArgumentException.class, () -> count(image, scene.labels(), micrometres));
		final CountedFoci pixels = count(image, scene.labels(), given());
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.25;
		final CountedFoci counted = count(image, scene.labels(), micrometres);
		assertEquals(pixels.count(0), counted.count(0));
		assertEquals(pixels.table().getValue("Foci: Channel 1: Area", 3) / 16, counted.table().getValue("Foci: Channel 1: Area", 3), 1e-9);
	}

	@Test
	void whatIsWrongIsNamed() {
		final FociScene scene = scene(12, 1);
		final ImagePlus image = scene.noisy();
		assertTrue(assertThrows(IllegalArgumentException.class, () -> count(image, scene.labels(), FociOptions.in("3"))).getMessage()
			.contains("has one channel"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> count(image, scene.labels(), FociOptions.in("1").second("1")))
			.getMessage().contains("same channel"));
		assertThrows(IllegalArgumentException.class, () -> FociOptions.in("1").strength(0));
		assertThrows(IllegalArgumentException.class, () -> FociOptions.in("1").strength(Double.NaN));
		assertThrows(IllegalArgumentException.class, () -> FociOptions.in(" "));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> count(image, scene.labels(), FociOptions.in("1").diameter(
			OptionalDouble.of(500)))).getMessage().contains("1.5 to 200"));
	}

	@Test
	void pixelsThatAreNoNumbersAreNotInTheNucleus() {
		final FociScene scene = scene(12, 3);
		final ImagePlus image = scene.clean();
		final int before = count(image, scene.labels(), given()).count(0);
		final ImageProcessor pixels = image.getProcessor();
		for (int x = 0; x < 60; x++) pixels.setf(x, 2, Float.NaN);
		assertEquals(before, count(image, scene.labels(), given()).count(0));
	}
}
