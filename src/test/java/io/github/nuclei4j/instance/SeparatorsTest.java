package io.github.nuclei4j.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.tensor.TargetEncoder;

class SeparatorsTest {

	private static InstanceSeparator of(final String target, final String separation) {
		final ModelInfo model = FirstChannel.model().toBuilder().target(TargetEncoder.of(target)).build();
		return Separators.of(model, SegmentationOptions.defaults().separation(separation));
	}

	@ParameterizedTest
	@CsvSource({ "nucleus, auto, DistanceWatershed", "distance, auto, DistanceSeparator", "flow, auto, FlowSeparator",
		"distance-flow, auto, DistanceFlowSeparator", "distance-flow, watershed, DistanceWatershed",
		"distance-flow, components, ConnectedComponents", "distance-flow, distance, DistanceSeparator",
		"distance-flow, flow, FlowSeparator", "nucleus, components, ConnectedComponents" })
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
