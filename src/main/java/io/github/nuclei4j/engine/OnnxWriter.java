package io.github.nuclei4j.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.engine.Operation.Activation;
import io.github.nuclei4j.engine.Operation.Kind;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.onnx.OnnxGraph;
import io.github.nuclei4j.onnx.OnnxNode;

/**
 * Writes a network in the ONNX format, ready for inference: normalisation is folded into the convolutions, dropout is gone.
 * Input [batch, channels, height, width], output the same with the network's output channels; height and width may be any
 * multiples of the network's divisor. A network with a quantization becomes one of 8-bit integers.
 */
public class OnnxWriter {

	/** Names of sizes that may be any. */
	private static final Object[] ANY = { "batch", "height", "width" };

	private final OnnxGraph graph = new OnnxGraph();
	/** The tensor of floats that holds an operation's output. */
	private final Map<Operation, String> tensors = new HashMap<>();

	OnnxWriter() {}

	/** The network with its weights, to be described and written. */
	public static OnnxGraph write(final NucleusModel model) {
		final List<Operation> operations = NetworkReader.read(model);
		return model.info().quantization().map(quantization -> (OnnxWriter) new QuantizedOnnxWriter(operations, quantization))
			.orElseGet(OnnxWriter::new).graph(operations, model.layers().output());
	}

	/**
	 * A network in floats.
	 *
	 * @param operations in an order in which they can run, the first is the input and the last the output
	 */
	static OnnxGraph write(final List<Operation> operations) {
		return new OnnxWriter().graph(operations, operations.get(operations.size() - 1).name());
	}

	private OnnxGraph graph(final List<Operation> operations, final String output) {
		final Operation first = operations.get(0);
		final Operation last = operations.get(operations.size() - 1);
		graph.input(first.name(), ANY[0], first.channels(), ANY[1], ANY[2]);
		put(first, first.name());
		operations.subList(1, operations.size()).forEach(this::add);
		if (!tensor(last).equals(output)) node(output, new OnnxNode("Identity", tensor(last)));
		return graph.output(output, ANY[0], last.channels(), ANY[1], ANY[2]);
	}

	/** Adds an operation: itself, its addends, and its activation; the last of the nodes has the operation's name. */
	void add(final Operation operation) {
		final String name = operation.name();
		final boolean more = !operation.addends().isEmpty() || operation.activation() != Activation.NONE;
		final String own = operation.kind() == Kind.ADDITION ? tensor(operation.input()) : node(more ? name + "/0" : name, single(
			operation));
		put(operation, finish(operation, own, name));
	}

	/** The operator without what follows it. */
	private OnnxNode single(final Operation operation) {
		final String input = operation.kind() == Kind.CONCATENATION ? null : tensor(operation.input());
		switch (operation.kind()) {
			case CONVOLUTION:
				return convolution(operation, input, weights(operation), bias(operation));
			case UP_CONVOLUTION:
				graph.floats(operation.name() + "/weights", transposed(operation.weights()), operation.weights().inputs(), operation
					.weights().outputs(), 2, 2);
				return new OnnxNode("ConvTranspose", input, operation.name() + "/weights", bias(operation)).withAll("kernel_shape", 2, 2)
					.withAll("strides", 2, 2);
			case CONCATENATION:
				return concatenation(operation.inputs().stream().map(this::tensor).toArray(String[]::new));
			case MAX_POOLING:
				return pooling(input);
			case ENLARGEMENT:
				return enlargement(operation, input);
			default:
				throw new IllegalArgumentException(operation + " is no node.");
		}
	}

	/** Adds what follows an operation's own result, and gives the name of the last tensor. */
	final String finish(final Operation operation, final String own, final String name) {
		String at = own;
		int step = operation.kind() == Kind.ADDITION ? 0 : 1;
		final boolean active = operation.activation() != Activation.NONE;
		for (int i = 0; i < operation.addends().size(); i++) {
			final boolean ends = !active && i == operation.addends().size() - 1;
			at = node(ends ? name : operation.name() + "/" + step++, new OnnxNode("Add", at, tensor(operation.addends().get(i))));
		}
		if (active) at = node(name, new OnnxNode(operation.activation() == Activation.RELU ? "Relu" : "Sigmoid", at));
		return at;
	}

	/**
	 * Padded as Deeplearning4j's mode "same" does for sizes that are multiples of the stride: where the padding is odd, the
	 * larger half comes after.
	 */
	static OnnxNode convolution(final Operation operation, final String input, final String weights, final String bias) {
		final int kernel = operation.weights().kernel();
		final int total = Math.max(0, kernel - operation.step());
		final int after = total - total / 2;
		return new OnnxNode("Conv", input, weights, bias).withAll("kernel_shape", kernel, kernel).withAll("strides", operation
			.step(), operation.step()).withAll("pads", total / 2, total / 2, after, after);
	}

	static OnnxNode pooling(final String input) {
		return new OnnxNode("MaxPool", input).withAll("kernel_shape", 2, 2).withAll("strides", 2, 2);
	}

	static OnnxNode concatenation(final String... inputs) {
		return new OnnxNode("Concat", inputs).with("axis", 1);
	}

	/** Nearest neighbour. */
	final OnnxNode enlargement(final Operation operation, final String input) {
		graph.floats(operation.name() + "/scales", new float[] { 1, 1, operation.step(), operation.step() }, 4);
		return new OnnxNode("Resize", input, "", operation.name() + "/scales").with("mode", "nearest").with("nearest_mode", "floor")
			.with("coordinate_transformation_mode", "asymmetric");
	}

	private String weights(final Operation operation) {
		final Weights weights = operation.weights();
		final String name = operation.name() + "/weights";
		graph.floats(name, weights.values(), weights.outputs(), weights.inputs(), weights.kernel(), weights.kernel());
		return name;
	}

	private String bias(final Operation operation) {
		final String name = operation.name() + "/bias";
		graph.floats(name, operation.weights().bias(), operation.weights().outputs());
		return name;
	}

	/** Values [outputs, inputs, ...] as [inputs, outputs, ...]. */
	private static float[] transposed(final Weights weights) {
		final int area = weights.kernel() * weights.kernel();
		final float[] result = new float[weights.values().length];
		for (int o = 0; o < weights.outputs(); o++) {
			for (int i = 0; i < weights.inputs(); i++) {
				System.arraycopy(weights.values(), (o * weights.inputs() + i) * area, result, (i * weights.outputs() + o) * area,
					area);
			}
		}
		return result;
	}

	final OnnxGraph graph() {
		return graph;
	}

	/** Adds a node and gives the name of its output. */
	final String node(final String output, final OnnxNode node) {
		graph.add(output, node);
		return output;
	}

	final String tensor(final Operation operation) {
		return tensors.get(operation);
	}

	final void put(final Operation operation, final String tensor) {
		tensors.put(operation, tensor);
	}
}
