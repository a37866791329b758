package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Paths;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A large image with the shipped model, from pixels to measurements. Run with a 2 GB heap by
 * {@code mvn verify -Dnuclei4j.slow -Dnuclei4j.testHeap=2g}.
 */
@Tag("slow")
class LargeImageTest {

	private static final int SIZE = 4096;

	@Test
	void mosaicOfASampleIsSegmentedLikeTheSample() throws IOException {
		final ImagePlus sample = ImagePlanes.open(Paths.get("samples", "fluorescence-large.png"));
		final ImageProcessor tile = sample.getProcessor().convertToByte(false);
		final ImageProcessor mosaic = tile.createProcessor(SIZE, SIZE);
		for (int y = 0; y < SIZE; y += tile.getHeight()) {
			for (int x = 0; x < SIZE; x += tile.getWidth()) mosaic.insert(tile, x, y);
		}
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(ModelStore.find("unet")))) {
			final int few = segmenter.segment(new ImagePlus("sample", tile), SegmentationOptions.defaults(), Progress.NONE)
				.count();
			final ImagePlus image = new ImagePlus("mosaic", mosaic);
			final Segmentation result = segmenter.segment(image, SegmentationOptions.defaults(), Progress.NONE);
			assertEquals(SIZE, result.labels().getWidth());
			assertEquals(SIZE, result.labels().getHeight());
			final double copies = Math.pow((double) SIZE / tile.getWidth(), 2);
			assertTrue(few > 10, "nuclei in the sample: " + few);
			assertEquals(1, result.count() / (few * copies), 0.15, "nuclei in the mosaic: " + result.count());
			assertEquals(result.count(), LabelRois.of(result.labels()).size());
			assertEquals(result.count(), NucleusMeasurer.measure(image, result.labels(), result.probabilities()).size());
		}
	}
}
