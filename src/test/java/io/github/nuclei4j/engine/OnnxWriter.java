package io.github.nuclei4j.engine;

import io.github.nuclei4j.engine.Operation.Activation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Writes a network's operations in the ONNX format (operator set 13) for one image size, so that ONNX Runtime can run the
 * same network with the same weights. Tensors are [1, channels, height, width]; each has its operation's name.
 */
final class OnnxWriter {

	private static final long IR_VERSION = 7;
	private static final long OPERATOR_SET = 13;

	private final int height;
	private final int width;
	private final GraphProto.Builder graph = GraphProto.newBuilder().setName("nuclei4j");

	private OnnxWriter(final int height, final int width) {
		this.height = height;
		this.width = width;
	}

	/**
	 * The content of an .onnx file.
	 *
	 * @param operations in an order in which they can run, the first is the input and the last the output
	 * @param height of the input in pixels, divisible by the network's largest shrink
	 * @param width likewise
	 */
	static byte[] write(final List<Operation> operations, final int height, final int width) {
		final OnnxWriter writer = new OnnxWriter(height, width);
		final Operation input = operations.get(0);
		operations.subList(1, operations.size()).forEach(writer::add);
		writer.graph.addInput(writer.value(input)).addOutput(writer.value(operations.get(operations.size() - 1)));
		return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("nuclei4j").addOpsetImport(OperatorSetIdProto
			.newBuilder().setVersion(OPERATOR_SET)).setGraph(writer.graph).build().toByteArray();
	}

	private ValueInfoProto value(final Operation operation) {
		final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
		for (final long size : new long[] { 1, operation.channels(), size(height, operation), size(width, operation) }) {
			shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
		}
		return ValueInfoProto.newBuilder().setName(operation.name()).setType(TypeProto.newBuilder().setTensorType(
			TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape))).build();
	}

	private static int size(final int whole, final Operation operation) {
		return whole / operation.shrink();
	}

	/** One node for the operation itself, one for each addend, one for the activation; the last has the operation's name. */
	private void add(final Operation operation) {
		final List<NodeProto.Builder> nodes = new ArrayList<>();
		final List<Operation> addends = operation.addends();
		int summed = 0;
		if (operation.kind() == Operation.Kind.ADDITION) {
			nodes.add(node("Add", operation.input().name(), addends.get(summed++).name()));
		}
		else nodes.add(single(operation));
		for (final Operation addend : addends.subList(summed, addends.size())) nodes.add(node("Add", null, addend.name()));
		if (operation.activation() != Activation.NONE) {
			nodes.add(node(operation.activation() == Activation.RELU ? "Relu" : "Sigmoid", (String) null));
		}
		for (int i = 0; i < nodes.size(); i++) {
			final String output = i == nodes.size() - 1 ? operation.name() : operation.name() + "/" + i;
			if (i > 0) nodes.get(i).setInput(0, operation.name() + "/" + (i - 1));
			graph.addNode(nodes.get(i).setName(output).addOutput(output));
		}
	}

	private NodeProto.Builder single(final Operation operation) {
		final String input = operation.input().name();
		switch (operation.kind()) {
			case CONVOLUTION:
				return convolution(operation);
			case UP_CONVOLUTION:
				final Weights weights = operation.weights();
				constant(operation.name() + "/weights", transposed(weights), weights.inputs(), weights.outputs(), weights
					.kernel(), weights.kernel());
				return biased("ConvTranspose", operation).addAttribute(whole("strides", 2, 2));
			case MAX_POOLING:
				return node("MaxPool", input).addAttribute(whole("kernel_shape", 2, 2)).addAttribute(whole("strides", 2, 2));
			case CONCATENATION:
				final String[] inputs = operation.inputs().stream().map(Operation::name).toArray(String[]::new);
				return node("Concat", inputs).addAttribute(AttributeProto.newBuilder().setName("axis").setType(
					AttributeProto.AttributeType.INT).setI(1));
			case ENLARGEMENT:
				constant(operation.name() + "/scales", new float[] { 1, 1, operation.step(), operation.step() }, 4);
				return node("Resize", input, "", operation.name() + "/scales").addAttribute(text("mode", "nearest"))
					.addAttribute(text("nearest_mode", "floor")).addAttribute(text("coordinate_transformation_mode",
						"asymmetric"));
			default:
				throw new IllegalArgumentException(operation + " is no node.");
		}
	}

	/** Padded as DL4J's "same" mode does: where the padding is odd, the larger half comes after. */
	private NodeProto.Builder convolution(final Operation operation) {
		final Weights weights = operation.weights();
		constant(operation.name() + "/weights", weights.values(), weights.outputs(), weights.inputs(), weights.kernel(),
			weights.kernel());
		final long[] pads = new long[4];
		for (int axis = 0; axis < 2; axis++) {
			final int whole = axis == 0 ? height : width;
			final int total = Math.max(0, (size(whole, operation) - 1) * operation.step() + weights.kernel() - size(whole,
				operation.input()));
			pads[axis] = total / 2;
			pads[2 + axis] = total - total / 2;
		}
		return biased("Conv", operation).addAttribute(whole("strides", operation.step(), operation.step())).addAttribute(
			whole("pads", pads));
	}

	private NodeProto.Builder biased(final String type, final Operation operation) {
		final Weights weights = operation.weights();
		constant(operation.name() + "/bias", weights.bias(), weights.outputs());
		return node(type, operation.input().name(), operation.name() + "/weights", operation.name() + "/bias").addAttribute(
			whole("kernel_shape", weights.kernel(), weights.kernel()));
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

	private void constant(final String name, final float[] values, final long... shape) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE).addAllDims(
			list(shape)).setRawData(ByteString.copyFrom(bytes)));
	}

	/** A node without name and outputs; an input that is null is set later. */
	private static NodeProto.Builder node(final String type, final String... inputs) {
		final NodeProto.Builder node = NodeProto.newBuilder().setOpType(type);
		for (final String input : inputs) node.addInput(input == null ? "" : input);
		return node;
	}

	private static AttributeProto.Builder whole(final String name, final long... values) {
		return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS).addAllInts(list(values));
	}

	private static AttributeProto.Builder text(final String name, final String value) {
		return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING).setS(ByteString
			.copyFromUtf8(value));
	}

	private static List<Long> list(final long... values) {
		return Collections.unmodifiableList(Arrays.stream(values).boxed().collect(Collectors.toList()));
	}
}
