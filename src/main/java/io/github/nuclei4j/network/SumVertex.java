package io.github.nuclei4j.network;

import java.util.Arrays;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sum of inputs [n, c, h, w], each enlarged by its own whole factor (nearest neighbour) to the same size, with an optional
 * ReLU, in one pass: the residual addition, fusion and upsampling of HRNet.
 */
public final class SumVertex extends GraphVertex {

	private static final long serialVersionUID = 1L;

	private final boolean relu;
	private final int[] factors;

	/**
	 * @param relu whether negative sums become 0
	 * @param factors one per input, by which its height and width are multiplied
	 */
	SumVertex(final boolean relu, final int... factors) {
		this.relu = relu;
		this.factors = factors.clone();
	}

	/** Whether negative sums become 0. */
	public boolean relu() {
		return relu;
	}

	/** By what height and width of an input are multiplied. */
	public int factor(final int input) {
		return factors[input];
	}

	@Override
	public GraphVertex clone() {
		return new SumVertex(relu, factors);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof SumVertex && ((SumVertex) other).relu == relu && Arrays.equals(((SumVertex) other).factors,
			factors);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(factors) + Boolean.hashCode(relu);
	}

	@Override
	public long numParams(final boolean backprop) {
		return 0;
	}

	@Override
	public int minVertexInputs() {
		return factors.length;
	}

	@Override
	public int maxVertexInputs() {
		return factors.length;
	}

	@Override
	public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(final ComputationGraph graph, final String name,
		final int index, final INDArray parameters, final boolean initialize, final DataType dataType)
	{
		return new SumVertexRuntime(graph, name, index, relu, factors, dataType);
	}

	@Override
	public InputType getOutputType(final int index, final InputType... inputs) {
		final InputType.InputTypeConvolutional first = (InputType.InputTypeConvolutional) inputs[0];
		for (int i = 0; i < inputs.length; i++) {
			final InputType.InputTypeConvolutional input = (InputType.InputTypeConvolutional) inputs[i];
			if (input.getChannels() != first.getChannels() || input.getHeight() * factors[i] != first.getHeight() *
				factors[0] || input.getWidth() * factors[i] != first.getWidth() * factors[0])
			{
				throw new IllegalArgumentException("Can't add " + Arrays.toString(inputs) + " enlarged by " + Arrays.toString(
					factors) + ": channels, heights and widths must agree.");
			}
		}
		return InputType.convolutional(first.getHeight() * factors[0], first.getWidth() * factors[0], first.getChannels());
	}

	@Override
	public MemoryReport getMemoryReport(final InputType... inputs) {
		return new LayerMemoryReport.Builder(null, SumVertex.class, inputs[0], getOutputType(-1, inputs)).standardMemory(0,
			0).workingMemory(0, 0, 0, 0).cacheMemory(0, 0).build();
	}
}
