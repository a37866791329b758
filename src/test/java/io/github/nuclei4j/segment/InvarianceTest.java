package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import io.github.nuclei4j.CaseFiles;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.util.Progress;

/**
 * What a turn, a mirror, a crop and another order of channels change: nothing but the places of whole nuclei. The network isn't
 * exactly equivariant, so one of the nuclei may not be found again with an IoU above 0.5.
 */
class InvarianceTest {

	/** The diameter is found anew in each, and tiles lie elsewhere: a doubtful nucleus may come or go. */
	private static final int NOT_FOUND_AGAIN = 1;
	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().augment(1);

	private static NucleusSegmenter segmenter;
	private static ImageProcessor picture;
	private static ImageProcessor labels;

	@BeforeAll
	static void segment() throws IOException {
		NativeBackend.initialize();
		segmenter = new NucleusSegmenter(ModelFile.read(Paths.get("models", "nuclei.zip")));
		picture = CaseFiles.open("plane_nuclei.tif").getProcessor();
		labels = labels(picture);
		assertEquals(22, (int) labels.getStatistics().max);
	}

	@AfterAll
	static void close() {
		segmenter.close();
	}

	private static ImageProcessor labels(final ImageProcessor image) {
		return segmenter.segment(new ImagePlus("cells", image), OPTIONS, Progress.NONE).labels().getProcessor();
	}

	/** How many nuclei of the image with more of them have no nucleus with an IoU above 0.5 in the other. */
	private static long lost(final ImageProcessor a, final ImageProcessor b) {
		final Map<Integer, Integer> areasA = new HashMap<>();
		final Map<Integer, Integer> areasB = new HashMap<>();
		final Map<Long, Integer> overlaps = new HashMap<>();
		for (int i = 0; i < a.getPixelCount(); i++) {
			if (a.get(i) > 0) areasA.merge(a.get(i), 1, Integer::sum);
			if (b.get(i) > 0) areasB.merge(b.get(i), 1, Integer::sum);
			if (a.get(i) > 0 && b.get(i) > 0) overlaps.merge((long) a.get(i) << 32 | b.get(i), 1, Integer::sum);
		}
		final long pairs = overlaps.entrySet().stream().filter(entry -> {
			final int union = areasA.get((int) (entry.getKey() >> 32)) + areasB.get((int) (long) entry.getKey()) - entry.getValue();
			return 2 * entry.getValue() > union;
		}).count();
		return Math.max(areasA.size(), areasB.size()) - pairs;
	}

	private static void assertFoundAgain(final ImageProcessor expected, final ImageProcessor found, final String what) {
		final long lost = lost(expected, found);
		assertTrue(lost <= NOT_FOUND_AGAIN, what + ": " + lost + " not found again");
	}

	@Test
	void turned() {
		assertFoundAgain(labels.rotateRight(), labels(picture.rotateRight()), "turned right");
		assertFoundAgain(labels.rotateLeft(), labels(picture.rotateLeft()), "turned left");
	}

	@Test
	void mirrored() {
		final ImageProcessor mirrored = picture.duplicate();
		mirrored.flipHorizontal();
		final ImageProcessor expected = labels.duplicate();
		expected.flipHorizontal();
		assertFoundAgain(expected, labels(mirrored), "mirrored");
	}

	@Test
	void cropped() {
		for (final ImageProcessor processor : new ImageProcessor[] { picture, labels }) processor.setRoi(20, 10, 320, 330);
		final ImageProcessor expected = labels.crop();
		final ImageProcessor found = labels(picture.crop());
		for (final ImageProcessor processor : new ImageProcessor[] { picture, labels }) processor.resetRoi();
		// nuclei that the crop cuts are others
		assertFoundAgain(whole(expected), whole(found), "cropped");
	}

	/** Labels without those that touch the border. */
	private static ImageProcessor whole(final ImageProcessor all) {
		final Set<Integer> cut = new HashSet<>();
		for (int x = 0; x < all.getWidth(); x++) {
			cut.add(all.get(x, 0));
			cut.add(all.get(x, all.getHeight() - 1));
		}
		for (int y = 0; y < all.getHeight(); y++) {
			cut.add(all.get(0, y));
			cut.add(all.get(all.getWidth() - 1, y));
		}
		final ImageProcessor whole = all.duplicate();
		for (int i = 0; i < whole.getPixelCount(); i++) if (cut.contains(whole.get(i))) whole.set(i, 0);
		return whole;
	}

	@Tag("slow")
	@Test
	void channelsInAnotherOrder() {
		final ImagePlus image = CaseFiles.open("composite_c3.tif");
		float[] first = null;
		for (final int[] order : new int[][] { { 1, 2, 3 }, { 3, 1, 2 }, { 2, 3, 1 } }) {
			final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
			for (final int channel : order) stack.addSlice(image.getStack().getProcessor(channel));
			final ImagePlus permuted = new ImagePlus("cells", stack);
			permuted.setDimensions(3, 1, 1);
			final Segmentation found = segmenter.segment(permuted, OPTIONS, Progress.NONE);
			assertEquals(3, order[found.channel().number() - 1], "the channel that shows the nuclei");
			final float[] pixels = (float[]) found.labels().getProcessor().convertToFloat().getPixels();
			if (first == null) first = pixels;
			assertArrayEquals(first, pixels);
			assertEquals(22, found.count());
		}
	}
}
