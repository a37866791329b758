package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import io.github.nuclei4j.measure.RoiCounter.RoiCount;
import io.github.nuclei4j.measure.RoiCounter.Rule;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StoppedProgress;

class RegionsTest {

	@TempDir
	Path folder;

	private static Roi named(final Roi roi, final String name) {
		roi.setName(name);
		return roi;
	}

	@Test
	void drawingsAreNoRegions() {
		assertTrue(Regions.isRegion(new Roi(0, 0, 3, 3)) && Regions.isRegion(named(new OvalRoi(0, 0, 3, 3), "tumour")));
		assertTrue(Regions.isRegion(new ShapeRoi(new Roi(0, 0, 3, 3)).or(new ShapeRoi(new Roi(9, 9, 3, 3)))));
		for (final Roi roi : Arrays.asList(new PointRoi(1, 1), new Arrow(0, 0, 3, 3), new TextRoi(1, 1, "50 um"), named(new Roi(0,
			0, 50, 3), "|SB|"))) {
			assertFalse(Regions.isRegion(roi), roi.toString());
		}
	}

	@Test
	void filesOfImageJAreRead() throws IOException {
		final Roi second = named(new OvalRoi(3, 4, 5, 6), "tumour");
		second.setPosition(2);
		final Path zip = folder.resolve("r.zip");
		LabelRois.save(Arrays.asList(named(new Roi(1, 2, 3, 4), "healthy"), second), zip);
		final List<Roi> rois = Regions.read(zip);
		assertEquals(Arrays.asList("healthy", "tumour"), Arrays.asList(rois.get(0).getName(), rois.get(1).getName()));
		assertEquals(2, rois.get(1).getPosition());
		assertEquals(second.getBounds(), rois.get(1).getBounds());
		final Path single = folder.resolve("one.roi");
		Files.write(single, RoiEncoder.saveAsByteArray(new Roi(1, 2, 3, 4)));
		assertEquals(new Roi(1, 2, 3, 4).getBounds(), Regions.read(single).get(0).getBounds());
	}

	@Test
	void otherFilesAreRefusedByName() throws IOException {
		final Path text = folder.resolve("notes.roi");
		Files.write(text, "none of this is a region, however long it is, and it goes on for a while".getBytes(
			StandardCharsets.UTF_8));
		assertTrue(assertThrows(IOException.class, () -> Regions.read(text)).getMessage().contains("notes.roi"));
		final Path table = folder.resolve("table.csv");
		Files.write(table, "a,b".getBytes(StandardCharsets.UTF_8));
		assertTrue(assertThrows(IOException.class, () -> Regions.read(table)).getMessage().contains("table.csv"));
		assertThrows(IOException.class, () -> Regions.read(folder.resolve("absent.zip")));
	}

	@Test
	void positionsOnAnImageOfSeveralChannelsBecomeThoseOfItsLabels() {
		final ImagePlus image = IJ.createHyperStack("h", 10, 10, 3, 4, 2, 8);
		final ImagePlus labels = IJ.createHyperStack("l", 10, 10, 1, 4, 2, 8);
		final Roi plane = new Roi(0, 0, 2, 2);
		plane.setPosition(image.getStackIndex(2, 3, 2));
		final Roi frame = new Roi(0, 0, 2, 2);
		frame.setPosition(2, 0, 1);
		final List<Roi> moved = Regions.onLabels(Arrays.asList(plane, frame, new Roi(0, 0, 1, 1)), image, labels);
		assertEquals(labels.getStackIndex(1, 3, 2), moved.get(0).getPosition());
		assertEquals(image.getStackIndex(2, 3, 2), plane.getPosition(), "the original");
		final List<RoiCount> counts = RoiCounter.count(labels, moved, Rule.OVERLAP, true, labels.getCalibration(),
			Progress.NONE);
		assertEquals("3/2 1/1 2/1 3/1 4/1", counts.stream().limit(5).map(count -> count.slice() + "/" + count.frame()).reduce((a,
			b) -> a + " " + b).get());
		assertEquals(1 + 4 + 8, counts.size());
		assertThrows(CancellationException.class, () -> RoiCounter.count(labels, moved, Rule.OVERLAP, true, labels
			.getCalibration(), new StoppedProgress(7)), "before the last of eight planes");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Regions.onLabels(moved, image, IJ.createImage("other", 10,
			10, 1, 8))).getMessage().contains("'other'"));
	}

	/** Any partition of the image: here random polygons of pixels, each pixel given to one of several regions. */
	@Test
	void theCentroidRuleCountsEveryNucleusOfAPartitionOnce() {
		for (int seed = 0; seed < 20; seed++) {
			final Random random = new Random(seed);
			final ImagePlus labels = LabelScenes.random(90, 70, 50, 16, seed);
			final RoiCount whole = RoiCounter.count(labels, Collections.singletonList(Regions.whole(labels)), Rule.CENTROID).get(0);
			final List<Roi> parts = new ArrayList<>();
			ShapeRoi rest = new ShapeRoi(Regions.whole(labels));
			for (int i = 0; i < 4; i++) {
				final int[] x = random.ints(5, 0, 90).toArray();
				final int[] y = random.ints(5, 0, 70).toArray();
				final ShapeRoi part = new ShapeRoi(pixels(new PolygonRoi(x, y, 5, Roi.POLYGON))).and((ShapeRoi) rest.clone());
				if (part.getBounds().isEmpty()) continue;
				parts.add(part);
				rest = rest.not((ShapeRoi) part.clone());
			}
			parts.add(rest);
			final List<RoiCount> counts = RoiCounter.count(labels, parts, Rule.CENTROID);
			assertEquals(whole.area(), counts.stream().mapToDouble(RoiCount::area).sum(), "seed " + seed + ": a partition");
			assertEquals(whole.count(), counts.stream().mapToInt(RoiCount::count).sum(), "seed " + seed);
			assertEquals(whole.covered() * whole.area(), counts.stream().mapToDouble(count -> count.area() == 0 ? 0 : count.covered() *
				count.area()).sum(), 1e-6);
			final List<RoiCount> inside = RoiCounter.count(labels, parts, Rule.INSIDE);
			final List<RoiCount> overlap = RoiCounter.count(labels, parts, Rule.OVERLAP);
			for (int i = 0; i < parts.size(); i++) assertTrue(inside.get(i).count() <= overlap.get(i).count());
			assertTrue(inside.stream().mapToInt(RoiCount::count).sum() <= whole.count() && overlap.stream().mapToInt(
				RoiCount::count).sum() >= whole.count());
		}
	}

	/** A selection of whole pixels with the same mask. */
	private static Roi pixels(final Roi roi) {
		final ImagePlus mask = IJ.createImage("mask", 90, 70, 1, 8);
		mask.getProcessor().setValue(255);
		mask.getProcessor().fill(roi);
		mask.getProcessor().setThreshold(255, 255, ij.process.ImageProcessor.NO_LUT_UPDATE);
		final Roi traced = new ij.plugin.filter.ThresholdToSelection().convert(mask.getProcessor());
		return traced == null ? new Roi(0, 0, 1, 1) : traced;
	}

	@Test
	void damagedZipsAreRefusedWhole() throws IOException {
		final Path zip = folder.resolve("many.zip");
		LabelRois.save(Arrays.asList(named(new Roi(1, 2, 3, 4), "first"), named(new OvalRoi(3, 4, 5, 6), "second")), zip);
		final byte[] bytes = Files.readAllBytes(zip);
		// cut after the first ROI, where an archive read from its beginning seems to end
		for (final int length : new int[] { bytes.length - 1, bytes.length / 2, 200, 30 }) {
			Files.write(zip, Arrays.copyOf(bytes, length));
			assertTrue(assertThrows(IOException.class, () -> Regions.read(zip)).getMessage().contains("many.zip"));
		}
	}

	@Test
	void numbersOfAFileTakeNoMemory() throws IOException {
		final byte[] polygon = RoiEncoder.saveAsByteArray(new PolygonRoi(new float[] { 1, 9, 5 }, new float[] { 1, 2, 8 }, Roi.POLYGON));
		final int second = ByteBuffer.wrap(polygon).getInt(60);
		refused(polygon, 16, 0, 18, 1 << 30);
		refused(polygon, 36, Integer.MAX_VALUE);
		refused(polygon, second + 16, 64, second + 20, 1 << 30);
		refused(polygon, second + 40, 64, second + 44, 1 << 30);
		refused(polygon, second + 48, 64, 16, 0xffff << 16);
		refused(polygon, 64 + 4 * 3, Float.floatToIntBits(Float.NaN));
		refused(polygon, 64 + 4 * 3, Float.floatToIntBits(1e30f));
		refused(RoiEncoder.saveAsByteArray(new TextRoi(1, 1, "50 um")), 64 + 12, 1 << 30);
		final byte[] picture = RoiEncoder.saveAsByteArray(new ImageRoi(1, 1, new ByteProcessor(4, 4)));
		refused(picture, ByteBuffer.wrap(picture).getInt(60) + 32, Integer.MAX_VALUE);
	}

	private void refused(final byte[] original, final int... placesAndNumbers) throws IOException {
		final byte[] roi = original.clone();
		for (int i = 0; i < placesAndNumbers.length; i += 2) ByteBuffer.wrap(roi).putInt(placesAndNumbers[i], placesAndNumbers[i + 1]);
		final Path file = Files.write(folder.resolve("x.roi"), roi);
		assertTrue(assertThrows(IOException.class, () -> Regions.read(file)).getMessage().contains("x.roi"));
	}

	@Test
	void regionsFarLargerThanTheImageAreRefused() {
		final Roi vast = named(new OvalRoi(-30000, -30000, 60000, 60000), "vast");
		final ImagePlus labels = IJ.createImage("labels", "16-bit black", 50, 40, 1);
		final String message = assertThrows(IllegalArgumentException.class, () -> RoiCounter.count(labels, Collections.singletonList(vast),
			Rule.CENTROID)).getMessage();
		assertTrue(message.contains("'vast' of 60000 x 60000") && message.contains("Draw it again"), message);
		RoiCounter.count(labels, Collections.singletonList(new OvalRoi(-1000, -1000, 3000, 3000)), Rule.CENTROID);
	}
}
