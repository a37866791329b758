package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.util.Progress;

/** Images are shown to a model at the scale it was trained at. */
class FittedPredictorTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().augment(1);

	private static final ModelInfo MODEL = FirstChannel.model().toBuilder().nucleusDiameter(24.0).build();

	private final FirstChannel predictor = new FirstChannel();

	private Segmentation segment(final ImagePlus image, final SegmentationOptions options) {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, MODEL)) {
			return segmenter.segment(image, options, Progress.NONE);
		}
	}

	/** Discs of a diameter in a grid of twice that spacing. */
	private static ByteProcessor discs(final int size, final int diameter) {
		final ByteProcessor processor = new ByteProcessor(size, size);
		processor.setValue(255);
		for (int y = diameter / 2; y + diameter < size; y += 2 * diameter) {
			for (int x = diameter / 2; x + diameter < size; x += 2 * diameter) processor.fillOval(x, y, diameter, diameter);
		}
		return processor;
	}

	@ParameterizedTest
	@CsvSource({ "24, 288", "22, 288", "26, 288", "40, 288", "12, 592", "96, 144" })
	void comesCloserUntilNucleiAreLargeEnough(final int diameter, final int closest) {
		final ByteProcessor picture = discs(288, diameter);
		final Segmentation found = segment(new ImagePlus("cells", picture), OPTIONS);
		final List<String> looks = Arrays.asList("80x80", "144x144", "288x288", "592x592");
		assertEquals(looks.subList(0, looks.indexOf(closest + "x" + closest) + 1), predictor.shapes());
		final int across = (288 - diameter / 2 - 1) / (2 * diameter) + ((288 - diameter / 2 - 1) % (2 * diameter) >= diameter
			? 1 : 0);
		assertEquals(across * across, found.count(), "nuclei of " + diameter + " pixels, tiles " + predictor.shapes());
		assertEquals(diameter, found.sizes().get(0).diameter(), 1.5);
		assertEquals(closest / 288.0, found.sizes().get(0).scale(), 0.1);
	}

	@Test
	void takesTheDiameterThatIsGivenAndZeroForTheImageAsItIs() {
		final ImagePlus image = new ImagePlus("cells", discs(288, 12));
		final int count = segment(image, OPTIONS.diameter(12)).count();
		assertEquals(Arrays.asList("576x576"), predictor.shapes());
		assertEquals(count, segment(image, OPTIONS.diameter(Diameter.NONE)).count());
		assertEquals("288x288", predictor.shapes().get(1));
	}

	@Test
	void eachPlaneHasItsOwnDiameter() {
		final ImageStack stack = new ImageStack(288, 288);
		for (final int diameter : new int[] { 12, 24, 12 }) stack.addSlice(discs(288, diameter));
		segment(new ImagePlus("cells", stack), OPTIONS);
		assertEquals(Arrays.asList("80x80", "144x144", "288x288", "592x592", "80x80", "144x144", "288x288", "80x80", "144x144",
			"288x288", "592x592"), predictor.shapes());
	}

	@Test
	void aCloserLookIsAveragedWithTheFirst() {
		final ImagePlus image = new ImagePlus("cells", discs(288, 24));
		final float[] first = (float[]) segment(image, OPTIONS).probabilities().getProcessor().getPixels();
		final float[] both = (float[]) segment(image, OPTIONS.augment(2)).probabilities().getProcessor().getPixels();
		assertEquals(Arrays.asList("80x80", "144x144", "288x288", "80x80", "144x144", "288x288", "432x432"), predictor
			.shapes());
		// this predictor answers with the image itself, which enlarging and shrinking again only blurs at the edges
		int blurred = 0;
		for (int i = 0; i < both.length; i++) {
			assertEquals(first[i], both[i], 0.5);
			if (Math.abs(first[i] - both[i]) > 0.01) blurred++;
		}
		assertTrue(blurred > 0 && blurred < both.length / 4, blurred + " pixels");
	}

	@Test
	void theCloserLookIsForModelsOfOneDiameter() {
		segment(new ImagePlus("cells", discs(288, 24)), OPTIONS.augment(2).diameter(Diameter.NONE));
		assertEquals(Arrays.asList("288x288"), predictor.shapes());
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model())) {
			segmenter.segment(new ImagePlus("cells", discs(288, 24)), OPTIONS.augment(2), Progress.NONE);
		}
		assertEquals(Arrays.asList("288x288", "288x288"), predictor.shapes());
	}

	@Test
	void emptyImagesStayAsTheyAre() {
		assertEquals(0, segment(new ImagePlus("nothing", new ByteProcessor(100, 90)), OPTIONS).count());
		assertEquals(Arrays.asList("32x32", "64x48", "112x96"), predictor.shapes());
	}

	@Test
	void largeImagesAreSampled() {
		final Segmentation found = segment(new ImagePlus("cells", discs(1536, 48)), OPTIONS);
		assertEquals(16 * 16, found.count());
		assertTrue(predictor.shapes().subList(0, 9).stream().allMatch("96x96"::equals), predictor.shapes().toString());
		assertTrue(predictor.shapes().subList(9, 18).stream().allMatch("192x192"::equals), predictor.shapes().toString());
	}

	@Test
	void modelsTrainedOnImagesAsTheyAreTakeNoDiameter() {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model())) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> segmenter.segment(new ImagePlus("cells", discs(100,
				12)), OPTIONS.diameter(12), Progress.NONE)).getMessage().contains("as they are"));
		}
		assertThrows(IllegalArgumentException.class, () -> segment(new ImagePlus("cells", discs(100, 12)), OPTIONS.mode(
			PredictionMode.SCALED).diameter(12)));
	}

	@Test
	void aSeparationThatTheModelLacksIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> segment(new ImagePlus("cells", discs(100,
			12)), OPTIONS.separation(Separation.FLOW))).getMessage();
		assertTrue(message.contains("'nucleus'") && message.contains("'auto'"), message);
	}
}
