package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.tensor.TargetEncoder;
import net.imglib2.img.array.ArrayImgs;

class SeparatorsTest {

	private static InstanceSeparator of(final String target, final String separation) {
		final ModelInfo model = FirstChannel.model().toBuilder().target(TargetEncoder.of(target)).build();
		return Separators.of(model, SegmentationOptions.defaults().separation(Separation.of(separation)).confidence(0));
	}

	/** Two squares of 6 x 6 pixels, one of probability 0.95, the other of one to choose. */
	private static int found(final String target, final float doubtful, final SegmentationOptions options) {
		final ModelInfo model = FirstChannel.model().toBuilder().target(TargetEncoder.of(target)).threshold(0.6).build();
		final float[] values = new float[16 * 32 * model.target().channels()];
		for (int y = 5; y < 11; y++) {
			for (int x = 5; x < 11; x++) {
				values[32 * y + x] = doubtful;
				values[32 * y + x + 16] = 0.95f;
			}
		}
		int count = 0;
		for (final int label : Planes.ints(Separators.of(model, options.separation(Separation.COMPONENTS)).separate(ArrayImgs.floats(
			values, 32, 16, model.target().channels())))) count = Math.max(count, label);
		return count;
	}

	@Test
	void doubtfulNucleiAreLeftOut() {
		final SegmentationOptions options = SegmentationOptions.defaults();
		assertEquals(2, found("distance-flow", 0.89f, options));
		assertEquals(1, found("distance-flow", 0.87f, options), "0.6 + 0.7 * 0.4 = 0.88");
		assertEquals(2, found("distance-flow", 0.8f, options.threshold(0.3)), "whoever lowers the threshold wants more");
		assertEquals(2, found("nucleus", 0.65f, options), "models of one target are not so sure");
		assertEquals(1, found("nucleus", 0.65f, options.confidence(0.7)));
		assertEquals(0, found("nucleus", 0.65f, options.confidence(1)));
		assertEquals(2, found("distance-flow", 0.65f, options.confidence(0)));
	}

	@ParameterizedTest
	@CsvSource({ "nucleus, auto, DistanceWatershed", "distance, auto, DistanceSeparator", "flow, auto, FlowSeparator",
		"distance-flow, auto, DistanceFlowSeparator", "distance-flow, watershed, DistanceWatershed",
		"distance-flow, components, ComponentSeparator", "distance-flow, distance, DistanceSeparator",
		"distance-flow, flow, FlowSeparator", "nucleus, components, ComponentSeparator" })
	void autoUsesAllThatTheModelPredictsAndOthersAreAsNamed(final String target, final String separation,
		final String expected)
	{
		assertEquals(expected, of(target, separation).getClass().getSimpleName());
	}

	@ParameterizedTest
	@CsvSource({ "nucleus, flow", "nucleus, distance", "distance, flow", "flow, distance", "flow, distance-flow",
		"distance, distance-flow" })
	void whatTheModelDoesNotPredictIsRefused(final String target, final String separation) {
		final String message = assertThrows(IllegalArgumentException.class, () -> of(target, separation)).getMessage();
		assertTrue(message.contains("'" + target + "'") && message.contains("'" + separation + "'") && message.contains(
			"'auto'"), message);
	}
}
