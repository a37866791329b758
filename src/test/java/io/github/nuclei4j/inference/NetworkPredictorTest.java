package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

class NetworkPredictorTest {

	private static NucleusModel model;

	@BeforeAll
	static void build() {
		model = new TrainableModel(FirstChannel.model(), Networks.build(Architecture.UNET, 7, 1e-3)).model();
	}

	@Test
	void tilesGiveWhatTheWholeImageGives() {
		final Img<UnsignedByteType> image = TiledPredictorTest.noise(500, 200);
		try (NetworkPredictor predictor = new NetworkPredictor(model)) {
			final Img<FloatType> whole = new TiledPredictor(predictor, model.info(), 512, 0).predict(image, Progress.NONE);
			final Img<FloatType> tiled = new TiledPredictor(predictor, model.info(), 336, TiledPredictor.defaultOverlap(model.info()))
				.predict(image, Progress.NONE);
			final Cursor<FloatType> expected = whole.cursor();
			double lowest = 1;
			double highest = 0;
			for (final FloatType value : tiled) {
				assertEquals(expected.next().get(), value.get(), 1e-5);
				lowest = Math.min(lowest, value.get());
				highest = Math.max(highest, value.get());
			}
			assertTrue(highest - lowest > 0.05, "the network must say something, got " + lowest + " to " + highest);
		}
	}

	@Test
	void runsFromAnyThreadAndWithBatches() throws Exception {
		final Tensor batch = NdArrays.tensor(Nd4j.rand(2, 3, 32, 48));
		final ExecutorService threads = Executors.newFixedThreadPool(2);
		try (NetworkPredictor predictor = new NetworkPredictor(model)) {
			final float[] expected = predictor.predict(batch).values();
			assertEquals(2 * 32 * 48, expected.length);
			final Callable<float[]> call = () -> {
				Thread.currentThread().setContextClassLoader(null);
				return predictor.predict(batch).values();
			};
			final Future<float[]> first = threads.submit(call);
			final Future<float[]> second = threads.submit(call);
			assertArrayEquals(expected, first.get(), 1e-6f);
			assertArrayEquals(expected, second.get(), 1e-6f);
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void saysWhatIsWrong() {
		final NetworkPredictor predictor = new NetworkPredictor(model);
		final Tensor odd = Tensor.zeros(1, 3, 20, 32);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.predict(odd)).getMessage().contains("16"));
		predictor.close();
		predictor.close();
		final Tensor input = Tensor.zeros(1, 3, 32, 32);
		assertThrows(IllegalStateException.class, () -> predictor.predict(input));
		try (NetworkPredictor next = new NetworkPredictor(model)) {
			assertEquals(1, next.predict(input).channels());
		}
	}
}
