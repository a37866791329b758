package io.github.nuclei4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.engine.Operation.Activation;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network with every kind of operation, written and read again; that ONNX Runtime computes the same, OnnxPredictorTest shows. */
class OnnxWriterTest {

	private GraphProto graph;

	@BeforeEach
	void write() throws IOException {
		final Operation image = Operation.input("image", 3);
		final Operation first = Operation.convolution("first", image, weights(4, 3, 3), 1, Activation.RELU);
		final Operation pooled = Operation.maxPooling("pooled", first);
		final Operation strided = Operation.convolution("strided", first, weights(4, 4, 3), 2, Activation.NONE).plus(
			Collections.singletonList(pooled), Activation.RELU);
		final Operation enlarged = Operation.enlargement("enlarged", strided, 2).plus(Collections.singletonList(first),
			Activation.NONE);
		final Operation up = Operation.upConvolution("up", strided, weights(2, 4, 2));
		final Operation joined = Operation.concatenation("joined", up, enlarged);
		final Operation six = Operation.convolution("six", joined, weights(6, 6, 1), 1, Activation.NONE);
		final Operation sum = Operation.addition("sum", joined).plus(Arrays.asList(six, joined), Activation.RELU);
		final Operation last = Operation.convolution("last", sum, weights(1, 6, 1), 1, Activation.SIGMOID);
		final byte[] file = OnnxWriter.write(Arrays.asList(image, first, pooled, strided, enlarged, up, joined, six, sum,
			last)).toByteArray();
		final ModelProto model = ModelProto.parseFrom(file);
		assertEquals(13, model.getOpsetImport(0).getVersion());
		graph = model.getGraph();
	}

	@Test
	void everyNodeReadsWhatIsThere() {
		final Set<String> known = new HashSet<>(Collections.singleton(graph.getInput(0).getName()));
		graph.getInitializerList().forEach(constant -> assertTrue(known.add(constant.getName()), constant.getName()));
		for (final NodeProto node : graph.getNodeList()) {
			for (final String input : node.getInputList()) {
				assertTrue(input.isEmpty() || known.contains(input), node.getName() + " reads " + input);
			}
			assertTrue(known.add(node.getOutput(0)), node.getOutput(0) + " is written twice");
		}
		assertEquals("last", graph.getOutput(0).getName());
		assertTrue(known.contains("last"));
	}

	@Test
	void heightAndWidthMayBeAny() {
		assertEquals(Arrays.asList("batch", "3", "height", "width"), shape(graph.getInput(0)));
		assertEquals(Arrays.asList("batch", "1", "height", "width"), shape(graph.getOutput(0)));
	}

	@Test
	void addendsAndActivationsFollow() {
		assertEquals(Arrays.asList("Conv strided/0 [first, strided/weights, strided/bias]", "Add strided/1 [strided/0, pooled]",
			"Relu strided [strided/1]"), nodes("strided"));
		assertEquals(Arrays.asList("Add sum/0 [joined, six]", "Add sum/1 [sum/0, joined]", "Relu sum [sum/1]"), nodes("sum"));
		assertEquals(Arrays.asList("Resize enlarged/0 [strided, , enlarged/scales]", "Add enlarged [enlarged/0, first]"),
			nodes("enlarged"));
		assertEquals("Sigmoid", graph.getNode(graph.getNodeCount() - 1).getOpType());
	}

	@Test
	void oddPaddingHasItsLargerHalfAfter() {
		assertEquals(Arrays.asList(1L, 1L, 1L, 1L), pads("first/0"));
		assertEquals(Arrays.asList(0L, 0L, 1L, 1L), pads("strided/0"));
		assertEquals(Arrays.asList(0L, 0L, 0L, 0L), pads("six"));
	}

	@Test
	void transposedConvolutionHasInputsFirst() {
		final TensorProto constant = graph.getInitializerList().stream().filter(c -> c.getName().equals("up/weights"))
			.findFirst().orElseThrow(AssertionError::new);
		assertEquals(Arrays.asList(4L, 2L, 2L, 2L), constant.getDimsList());
		final float[] values = new float[32];
		constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		// input 3, output 1, row 1, column 0
		assertEquals(weights(2, 4, 2).values()[(1 * 4 + 3) * 4 + 2], values[(3 * 2 + 1) * 4 + 2]);
	}

	private static List<String> shape(final ValueInfoProto value) {
		final List<String> sizes = new ArrayList<>();
		value.getType().getTensorType().getShape().getDimList().forEach(dimension -> sizes.add(dimension.hasDimParam() ? dimension
			.getDimParam() : Long.toString(dimension.getDimValue())));
		return sizes;
	}

	private List<String> nodes(final String operation) {
		final List<String> found = new ArrayList<>();
		for (final NodeProto node : graph.getNodeList()) {
			if (!node.getName().split("/")[0].equals(operation)) continue;
			found.add(node.getOpType() + " " + node.getName() + " " + node.getInputList());
		}
		return found;
	}

	private List<Long> pads(final String name) {
		return graph.getNodeList().stream().filter(node -> node.getName().equals(name)).flatMap(node -> node
			.getAttributeList().stream()).filter(attribute -> attribute.getName().equals("pads")).findFirst().orElseThrow(
				AssertionError::new).getIntsList();
	}

	private static Weights weights(final int outputs, final int inputs, final int kernel) {
		final float[] values = new float[outputs * inputs * kernel * kernel];
		for (int i = 0; i < values.length; i++) values[i] = i;
		return new Weights(outputs, inputs, kernel, values, new float[outputs]);
	}
}
