package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BitDropoutTest {

	private static final long[] SHAPE = { 3, 7, 101, 93 };

	@BeforeAll
	static void initialize() {
		NativeBackend.initialize();
	}

	@Test
	void keepsTheGivenShareAndTheMean() {
		final INDArray dropped = forward(new BitDropout(0.75), 5);
		final double kept = dropped.gt(0).castTo(DataType.FLOAT).meanNumber().doubleValue();
		assertEquals(0.75, kept, 0.005);
		assertEquals(1, dropped.meanNumber().doubleValue(), 0.01);
		assertEquals(1 / 0.75, dropped.maxNumber().doubleValue(), 1e-6);
	}

	@Test
	void gradientPassesWhereValuesPassed() {
		final BitDropout dropout = new BitDropout(0.5);
		final INDArray dropped = forward(dropout, 5);
		final INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, SHAPE, 'c');
		dropout.backprop(Nd4j.ones(DataType.FLOAT, SHAPE), gradient, 0, 0);
		assertEquals(dropped, gradient);
		assertThrows(IllegalStateException.class, () -> dropout.backprop(gradient, gradient, 0, 0));
	}

	@Test
	void followsTheSeed() {
		assertEquals(forward(new BitDropout(0.5), 5), forward(new BitDropout(0.5), 5));
		assertNotEquals(forward(new BitDropout(0.5), 5), forward(new BitDropout(0.5), 6));
	}

	@Test
	void takesColumnMajorArraysToo() {
		Nd4j.getRandom().setSeed(5);
		final INDArray result = Nd4j.createUninitialized(DataType.FLOAT, SHAPE, 'f');
		new BitDropout(0.5).applyDropout(Nd4j.ones(DataType.FLOAT, SHAPE).dup('f'), result, 0, 0, LayerWorkspaceMgr
			.noWorkspaces());
		assertEquals(forward(new BitDropout(0.5), 5), result.dup('c'));
	}

	private static INDArray forward(final BitDropout dropout, final long seed) {
		Nd4j.getRandom().setSeed(seed);
		return dropout.applyDropout(Nd4j.ones(DataType.FLOAT, SHAPE), Nd4j.createUninitialized(DataType.FLOAT, SHAPE, 'c'),
			0, 0, LayerWorkspaceMgr.noWorkspaces());
	}
}
