package io.github.nuclei4j.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingRecord;

/** Which images calibrate and which are measured. */
class ImageSplitTest {

	private static List<String> ids(final int count) {
		return IntStream.range(0, count).mapToObj(i -> "i" + i).collect(Collectors.toList());
	}

	private static ModelInfo trainedOn(final List<String> training, final String... validation) {
		return ModelInfo.builder("m", Architecture.UNET).trained(new TrainingRecord("d", training, Arrays.asList(validation), 1,
			8, 1e-3, "cosine", "none", 1, 0, null), null, null).build();
	}

	private static final ModelInfo UNTRAINED = ModelInfo.builder("m", Architecture.UNET).build();

	@Test
	void calibratesOnTrainingImagesAndMeasuresOnTheOthers() {
		final ImageSplit split = ImageSplit.of(ids(100), trainedOn(ids(96), "i96", "i97"), true);
		assertEquals(IntStream.range(0, 32).map(i -> 3 * i).boxed().collect(Collectors.toList()), split.calibration());
		assertEquals(Arrays.asList(96, 97, 98, 99), split.measured());
		assertTrue(split.sentence().contains("Calibrated on 32 images that the model was trained on. Measured on 4 images") &&
			split.sentence().contains("2 of them chose"), split.sentence());
	}

	@Test
	void dividesNewImagesIfThereAreEnough() {
		final ImageSplit split = ImageSplit.of(ids(16), UNTRAINED, true);
		assertEquals(Arrays.asList(0, 2, 4, 6, 8, 10, 12, 14), split.calibration());
		assertEquals(Arrays.asList(1, 3, 5, 7, 9, 11, 13, 15), split.measured());
		final ImageSplit large = ImageSplit.of(ids(640), UNTRAINED, true);
		assertEquals(32, large.calibration().size());
		assertEquals(608, large.measured().size());
		assertTrue(Collections.disjoint(large.calibration(), large.measured()));
	}

	@Test
	void saysThatFewImagesServeForBoth() {
		final ImageSplit split = ImageSplit.of(ids(15), UNTRAINED, true);
		assertEquals(15, split.calibration().size());
		assertEquals(split.calibration(), split.measured());
		assertTrue(split.sentence().contains("the same 15 images"), split.sentence());
	}

	@Test
	void saysThatAllImagesWereTrainedOn() {
		final ImageSplit split = ImageSplit.of(ids(20), trainedOn(ids(20)), true);
		assertEquals(10, split.calibration().size());
		assertEquals(10, split.measured().size());
		assertTrue(split.sentence().contains("trained on all of them"), split.sentence());
	}

	@Test
	void withoutCalibrationAllNewImagesAreMeasured() {
		assertEquals(20, ImageSplit.of(ids(20), UNTRAINED, false).measured().size());
		final ImageSplit split = ImageSplit.of(ids(20), trainedOn(ids(5)), false);
		assertEquals(15, split.measured().size());
		assertTrue(split.calibration().isEmpty());
		assertTrue(split.sentence().startsWith("Measured on 15 images that the model was not trained on."), split.sentence());
	}
}
