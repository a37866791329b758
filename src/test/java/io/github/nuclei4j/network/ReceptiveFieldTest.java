package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ConvBlocks;
import io.github.nuclei4j.model.NetworkLayer.Initialization;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.model.ReceptiveField;
import io.github.nuclei4j.tensor.TargetEncoder;
import java.util.Map;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ReceptiveFieldTest {

	/** The same layers with hardly any channels: those make no difference to how far a pixel reaches. */
	private static final class NarrowBlocks extends ConvBlocks {

		NarrowBlocks() {
			super(TargetEncoder.NUCLEUS);
		}

		private static int narrow(final int filters) {
			return Math.max(1, filters / 128);
		}

		@Override
		public String convolution(final String name, final int filters, final int kernel, final boolean relu,
			final Initialization initialization, final String input)
		{
			return super.convolution(name, narrow(filters), kernel, relu, initialization, input);
		}

		@Override
		public String upConvolution(final String name, final int filters, final String input) {
			return super.upConvolution(name, narrow(filters), input);
		}

		@Override
		public String normalized(final String name, final int filters, final int kernel, final int stride, final boolean relu,
			final String input)
		{
			return super.normalized(name, narrow(filters), kernel, stride, relu, input);
		}
	}

	/**
	 * Lights one column of a black image, for every position on the raster, in a network whose weights are positive, so that
	 * every output that depends on the column rises above 0, however little.
	 */
	@ParameterizedTest
	@EnumSource(Architecture.class)
	void isWhatABruteForceMeasurementFinds(final Architecture architecture) {
		final int divisor = architecture.layout().divisor();
		final NetworkLayers layers = architecture.layers(new NarrowBlocks());
		final ComputationGraph network = Networks.build(layers, 1, 1e-3, 4 * divisor);
		makePositive(network);
		final ReceptiveField computed = ReceptiveField.of(layers);
		final int center = (computed.reach() / divisor + 2) * divisor;
		final int width = 2 * center + divisor;
		int left = 0;
		int right = 0;
		for (int phase = 0; phase < divisor; phase += 8) {
			final INDArray images = Nd4j.zeros(DataType.FLOAT, 8, 3, divisor, width);
			for (int i = 0; i < 8; i++) {
				images.get(NDArrayIndex.point(i), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(center + phase + i))
					.assign(1);
			}
			final INDArray outputs = network.feedForward(images, false).get("nucleus-logits");
			for (int i = 0; i < 8; i++) {
				final float[] row = outputs.get(NDArrayIndex.point(i), NDArrayIndex.point(0), NDArrayIndex.point(divisor / 2),
					NDArrayIndex.all()).dup().data().asFloat();
				final int lit = center + phase + i;
				for (int x = 0; x < width; x++) {
					assertTrue(row[x] >= 0 && row[x] < Float.POSITIVE_INFINITY, "in the range of numbers: " + row[x]);
					if (row[x] == 0) continue;
					left = Math.max(left, x - lit);
					right = Math.max(right, lit - x);
				}
			}
		}
		assertEquals(left, computed.left());
		assertEquals(right, computed.right());
		assertEquals(ReceptiveField.of(architecture.layers()).toString(), computed.toString(), "channels don't count");
	}

	/** Weights of which neither the product along one path nor the sum over all of them leaves the range of a float. */
	private static void makePositive(final ComputationGraph network) {
		for (final Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
			final INDArray values = entry.getValue();
			final String name = entry.getKey();
			if (name.endsWith("_W")) values.assign(name.contains("-conv_") ? 0.6 / values.size(1) / values.size(2) : 0.4);
			else values.assign(name.endsWith("_gamma") || name.endsWith("_var") ? 1 : 0);
		}
	}

	@Test
	void ofTheUNetIs107PixelsAsCountedByHand() {
		final ReceptiveField field = Architecture.UNET.receptiveField();
		assertEquals(107, field.reach(), field.toString());
	}

	@Test
	void growsFromLayerToLayer() {
		assertEquals("1 pixels to the left, 1 to the right", of("down0-1"));
		assertEquals("2 pixels to the left, 2 to the right", of("down0-2"));
		assertEquals("2 pixels to the left, 2 to the right", of("pool0"));
		assertEquals("4 pixels to the left, 4 to the right", of("down1-1"));
	}

	private static String of(final String vertex) {
		return ReceptiveField.of(Architecture.UNET.layers(), vertex).toString();
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> of("down9")).getMessage().contains("'down9'"));
	}
}
