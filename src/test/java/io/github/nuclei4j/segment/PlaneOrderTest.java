package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.CaseFiles;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.util.Progress;

/** A plane gives the same nuclei by itself and wherever it stands in a stack. */
class PlaneOrderTest {

	private static final ModelInfo MODEL = FirstChannel.model().toBuilder().nucleusDiameter(24.0).build();

	/** Planes with discs of other sizes and brightness each: at most 30 pixels wide. */
	private static List<ImageProcessor> planes(final Random random) {
		return IntStream.range(0, 5).mapToObj(i -> {
			final ImageProcessor plane = new FloatProcessor(160, 150);
			final int diameter = 8 + random.nextInt(22);
			plane.setValue(random.nextDouble() * (i % 2 == 0 ? 1 : 3000));
			for (int y = 2; y + diameter < 150; y += diameter + 5) {
				for (int x = 2; x + diameter < 160; x += diameter + 5) {
					if (random.nextInt(4) > 0) plane.fillOval(x, y, diameter, diameter);
				}
			}
			return plane;
		}).collect(Collectors.toList());
	}

	private static ImagePlus stack(final List<ImageProcessor> planes) {
		final ImageStack stack = new ImageStack(planes.get(0).getWidth(), planes.get(0).getHeight());
		planes.forEach(stack::addSlice);
		return new ImagePlus("stack", stack);
	}

	/** Numbers of a plane's nuclei, beginning with 1 for the first. */
	private static float[] labels(final Segmentation found, final int plane) {
		final ImageProcessor labels = found.labels().getStack().getProcessor(plane).convertToFloat();
		final float[] pixels = ((float[]) labels.getPixels()).clone();
		float least = Float.MAX_VALUE;
		for (final float value : pixels) if (value > 0) least = Math.min(least, value);
		for (int i = 0; i < pixels.length; i++) if (pixels[i] > 0) pixels[i] -= least - 1;
		return pixels;
	}

	private static void requireSameByThemselves(final NucleusSegmenter segmenter, final List<ImageProcessor> planes,
		final SegmentationOptions options)
	{
		final Segmentation all = segmenter.segment(stack(planes), options, Progress.NONE);
		int count = 0;
		for (int i = 0; i < planes.size(); i++) {
			final Segmentation one = segmenter.segment(new ImagePlus("plane", planes.get(i)), options, Progress.NONE);
			assertArrayEquals(labels(one, 1), labels(all, i + 1), "plane " + (i + 1));
			assertArrayEquals((float[]) one.probabilities().getProcessor().getPixels(), (float[]) all.probabilities().getStack()
				.getPixels(i + 1), "probabilities of plane " + (i + 1));
			count += one.count();
		}
		assertEquals(count, all.count());
	}

	@Test
	void planesDoNotDependOnOthers() {
		final Random random = new Random(5);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), MODEL)) {
			for (final int views : new int[] { 1, 2 }) {
				final List<ImageProcessor> planes = planes(random);
				for (int order = 0; order < 3; order++) {
					requireSameByThemselves(segmenter, planes, SegmentationOptions.defaults().augment(views));
					Collections.shuffle(planes, random);
				}
			}
		}
	}

	@Tag("slow")
	@Test
	void nucleiAndSpotsInEitherOrder() throws IOException {
		NativeBackend.initialize();
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(Paths.get("models", "nuclei.zip")))) {
			final List<ImageProcessor> planes = new ArrayList<>();
			for (final String name : new String[] { "plane_nuclei.tif", "plane_spots.tif" }) {
				final ImageProcessor plane = CaseFiles.open(name).getProcessor();
				plane.setRoi(100, 100, 112, 112);
				planes.add(plane.crop());
			}
			final SegmentationOptions quick = SegmentationOptions.defaults().augment(1);
			requireSameByThemselves(segmenter, planes, quick);
			Collections.reverse(planes);
			requireSameByThemselves(segmenter, planes, quick);
			assertEquals(22, segmenter.segment(CaseFiles.open("plane_nuclei.tif"), SegmentationOptions.defaults(),
				Progress.NONE).count());
		}
	}
}
