package io.github.nuclei4j.training.engine;

import io.github.nuclei4j.network.onednn.OneDnn;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j network's parameters and their gradients as oneDNN memory: the same numbers in the same place, not
 * copies.
 */
final class Parameters {

	private final ComputationGraph network;
	private final OneDnn oneDnn;
	private final long parameterStart;
	private final long gradientStart;

	Parameters(final ComputationGraph network, final OneDnn oneDnn) {
		this.network = network;
		this.oneDnn = oneDnn;
		if (network.getFlattenedGradients() == null) network.initGradientsView();
		parameterStart = address(network.params());
		gradientStart = address(network.getFlattenedGradients());
	}

	private static long address(final INDArray array) {
		return array.data().addressPointer().address();
	}

	/** A parameter's values, such as those of {@code conv_W}, seen in a shape and layout of as many numbers. */
	memory values(final String name, final memory.desc shape) {
		return at(address(network.getParam(name)), shape);
	}

	/** Where a parameter begins among all parameters, and its gradient among all gradients, in numbers. */
	long offset(final String name) {
		return (address(network.getParam(name)) - parameterStart) / Float.BYTES;
	}

	/** The place of a parameter's gradient. */
	memory gradient(final String name, final memory.desc shape) {
		return at(gradientStart + address(network.getParam(name)) - parameterStart, shape);
	}

	/** A parameter's values, to read and write. */
	FloatPointer values(final String name) {
		return floats(address(network.getParam(name)), network.getParam(name).length());
	}

	/** A parameter's gradient, to read and write. */
	FloatPointer gradient(final String name) {
		return floats(gradientStart + address(network.getParam(name)) - parameterStart, network.getParam(name).length());
	}

	/** Size of a parameter along an axis. */
	long size(final String name, final int axis) {
		return network.getParam(name).size(axis);
	}

	private memory at(final long address, final memory.desc shape) {
		return new memory(shape, oneDnn.engine(), new Place(address));
	}

	private static FloatPointer floats(final long address, final long length) {
		return new FloatPointer(new Place(address)).capacity(length);
	}

	/** Memory that belongs to ND4J. */
	private static final class Place extends Pointer {

		Place(final long address) {
			this.address = address;
		}
	}
}
