package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds the layers to the Deeplearning4j network that is made of them. */
class NetworkLayersTest {

	@ParameterizedTest
	@EnumSource(Architecture.class)
	void parametersHaveTheNamesOrderAndShapesOfDeeplearning4j(final Architecture architecture) {
		final NetworkLayers layers = architecture.layers(TargetEncoder.DISTANCE_FLOW);
		final ComputationGraph network = Networks.build(architecture, 1, 1e-3, TargetEncoder.DISTANCE_FLOW);
		final Map<String, INDArray> expected = network.paramTable();
		assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(layers.parameters().keySet()));
		layers.parameters().forEach((name, shape) -> assertArrayEquals(expected.get(name).shape(), shape, name));
		assertEquals(network.numParams(), layers.numbers());
	}

	@ParameterizedTest
	@EnumSource(Architecture.class)
	void layersRunInTheOrderOfDeeplearning4j(final Architecture architecture) {
		final NetworkLayers layers = architecture.layers();
		final ComputationGraph network = Networks.build(architecture, 1, 1e-3);
		final List<String> expected = new ArrayList<>();
		for (final int index : network.topologicalSortOrder()) expected.add(network.getVertices()[index].getVertexName());
		final List<String> ours = new ArrayList<>();
		ours.add(layers.input());
		layers.inOrder().forEach(layer -> ours.add(layer.name()));
		assertEquals(expected, ours);
	}
}
