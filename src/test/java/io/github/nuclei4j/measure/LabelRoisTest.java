package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiDecoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

class LabelRoisTest {

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void filledTheyGiveTheLabelsBack(final int bits) {
		boolean composites = false;
		for (int seed = 0; seed < 30; seed++) {
			final ImagePlus labels = LabelScenes.random(90, 70, 40, bits, seed);
			final ImageProcessor filled = labels.getProcessor().createProcessor(90, 70);
			for (final Roi roi : LabelRois.of(labels)) {
				filled.setValue(Integer.parseInt(roi.getName().substring("nucleus-".length())));
				filled.fill(roi);
				composites |= roi instanceof ShapeRoi;
			}
			assertArrayEquals(labels.getProcessor().getFloatArray(), filled.getFloatArray());
		}
		assertTrue(composites, "the scenes must have labels with holes or several parts");
	}

	@Test
	void onePieceIsATracedPolygonAsImageJMakesIt() {
		final Roi roi = LabelRois.of(LabelScenes.text(".....", ".77..", "..7..", ".....")).get(0);
		assertEquals("nucleus-0007", roi.getName());
		assertEquals(Roi.TRACED_ROI, roi.getType());
		assertEquals(8, ((PolygonRoi) roi).getNCoordinates() + 2);
		assertEquals(3, roi.getStatistics().pixelCount);
	}

	@Test
	void namesHaveAtLeastFourDigits() {
		assertEquals("nucleus-0001", LabelRois.name(1));
		assertEquals("nucleus-70000", LabelRois.name(70000));
	}

	@Test
	void largeNumbersWithGapsAreFine() {
		final FloatProcessor processor = new FloatProcessor(4, 1, new float[] { 0, 70000, 70000, 65537 });
		final List<Roi> rois = LabelRois.of(new ImagePlus("labels", processor));
		assertEquals("nucleus-65537,nucleus-70000", rois.stream().map(Roi::getName).collect(Collectors.joining(",")));
		assertTrue(LabelRois.of(new ImagePlus("none", new ShortProcessor(4, 4))).isEmpty());
	}

	@Test
	void singleImagesHaveNoPosition() {
		final Roi roi = LabelRois.of(LabelScenes.text("1")).get(0);
		assertEquals(0, roi.getPosition());
		assertFalse(roi.hasHyperStackPosition());
	}

	@ParameterizedTest
	@ValueSource(strings = { "1,3,1", "1,1,3", "2,3,1", "2,1,3", "1,2,3", "2,2,3" })
	void areDrawnExactlyOnTheirPlane(final String dimensions) {
		final String[] sizes = dimensions.split(",");
		final int channels = Integer.parseInt(sizes[0]);
		final int slices = Integer.parseInt(sizes[1]);
		final int frames = Integer.parseInt(sizes[2]);
		final ImageStack planes = new ImageStack(40, 20);
		for (int i = 0; i < slices * frames; i++) {
			final ShortProcessor plane = new ShortProcessor(40, 20);
			plane.setValue(i + 1);
			plane.setRoi(2 + 5 * i, 4, 4, 4);
			plane.fill();
			planes.addSlice(plane);
		}
		final ImagePlus labels = new ImagePlus("labels", planes);
		labels.setDimensions(1, slices, frames);
		final ImagePlus image = IJ.createHyperStack("image", 40, 20, channels, slices, frames, 8);
		image.setOverlay(LabelRois.overlay(LabelRois.of(labels, image)));
		for (int t = 1; t <= frames; t++) {
			for (int z = 1; z <= slices; z++) {
				for (int c = 1; c <= channels; c++) {
					image.setPosition(c, z, t);
					final BufferedImage drawn = image.flatten().getBufferedImage();
					for (int i = 0; i < slices * frames; i++) {
						final boolean here = i == labels.getStackIndex(1, z, t) - 1;
						assertEquals(here, (drawn.getRGB(2 + 5 * i, 6) & 0xffffff) != 0, dimensions + " at " + c + " " + z + " " + t +
							", label " + (i + 1));
					}
				}
			}
		}
	}

	@Test
	void overlaysAreCopiesWithoutNumbers() {
		final List<Roi> rois = LabelRois.of(LabelScenes.random(50, 50, 5, 8, 1));
		final Overlay overlay = LabelRois.overlay(rois);
		assertEquals(rois.size(), overlay.size());
		assertFalse(overlay.getDrawLabels());
		assertNull(rois.get(0).getStrokeColor());
		assertEquals(rois.get(0).getName(), overlay.get(0).getName());
	}

	@Test
	void zipsAreReadAsTheyWere(@TempDir final Path folder) throws IOException {
		final ImagePlus labels = LabelScenes.random(90, 70, 30, 16, 2);
		final List<Roi> rois = new ArrayList<>(LabelRois.of(labels));
		final Roi again = (Roi) rois.get(0).clone();
		again.setPosition(0, 2, 3);
		rois.add(again);
		final Path zip = folder.resolve("new/cells_rois.zip");
		LabelRois.save(rois, zip);
		final ByteProcessor filled = new ByteProcessor(90, 70);
		final List<String> names = new ArrayList<>();
		try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				names.add(entry.getName());
				final Roi roi = new RoiDecoder(in.readAllBytes(), entry.getName()).getRoi();
				filled.setValue(Integer.parseInt(roi.getName().substring(8, 12)));
				filled.fill(roi);
				if (names.size() == rois.size()) assertEquals(3, roi.getTPosition());
			}
		}
		assertArrayEquals(labels.getProcessor().getFloatArray(), filled.getFloatArray());
		assertEquals(rois.size(), names.size());
		assertEquals(rois.get(0).getName() + "-2.roi", names.get(names.size() - 1));
		assertEquals(rois.get(0).getName() + ".roi", names.get(0));
		try (Stream<Path> files = Files.list(zip.getParent())) {
			assertEquals(1, files.count());
		}
	}

	@Test
	void refusesWhatIsNoLabelImage() {
		final String half = assertThrows(IllegalArgumentException.class, () -> LabelRois.of(new ImagePlus("map",
			new FloatProcessor(2, 1, new float[] { 0, 0.5f })))).getMessage();
		assertTrue(half.contains("'map'") && half.contains("0.5"), half);
		assertThrows(IllegalArgumentException.class, () -> LabelRois.of(new ImagePlus("negative", new FloatProcessor(1, 1,
			new float[] { -1 }))));
		assertThrows(IllegalArgumentException.class, () -> LabelRois.of(new ImagePlus("nan", new FloatProcessor(1, 1,
			new float[] { Float.NaN }))));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelRois.of(new ImagePlus("photo", new ColorProcessor(2,
			2)))).getMessage().contains("RGB"));
	}

	@Test
	void thousandsAreFast() {
		final ShortProcessor processor = new ShortProcessor(2048, 2048);
		int label = 0;
		for (int y = 0; y < 2040; y += 20) {
			for (int x = 0; x < 2040; x += 20) {
				processor.setValue(++label);
				processor.fillOval(x, y, 18, 17);
			}
		}
		final long start = System.nanoTime();
		assertEquals(label, LabelRois.of(new ImagePlus("many", processor)).size());
		final double seconds = (System.nanoTime() - start) / 1e9;
		assertTrue(seconds < 5, label + " outlines took " + seconds + " s");
	}
}
