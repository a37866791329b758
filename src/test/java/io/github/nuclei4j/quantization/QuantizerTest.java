package io.github.nuclei4j.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.nuclei4j.engine.OneDnn;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;

/** The released U-Net calibrated on three small made images. */
class QuantizerTest {

	private static final int SIZE = 64;

	private static NucleusModel model;
	private static CalibrationImages images;
	private static Quantization quantization;

	@BeforeAll
	static void quantize() throws IOException {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), () -> OneDnnNetwork.obstacle().get());
		model = ModelFile.read(Paths.get("models", "unet.zip"));
		final List<RandomAccessibleInterval<? extends NumericType<?>>> made = new ArrayList<>();
		for (int i = 0; i < 3; i++) made.add(discs(i));
		images = CalibrationImages.of(made, model.info());
		quantization = Quantizer.quantize(model, images, Progress.NONE);
	}

	/** Two bright discs in noise. */
	private static RandomAccessibleInterval<? extends NumericType<?>> discs(final int seed) {
		final Random random = new Random(seed);
		final byte[] pixels = new byte[SIZE * SIZE];
		for (int i = 0; i < pixels.length; i++) {
			final double x = i % SIZE;
			final double y = i / SIZE;
			final boolean inside = Math.hypot(x - 20 - 2 * seed, y - 24) < 9 || Math.hypot(x - 45, y - 40 + seed) < 7;
			pixels[i] = (byte) ((inside ? 150 : 15) + random.nextInt(30));
		}
		return ArrayImgs.unsignedBytes(pixels, SIZE, SIZE);
	}

	@Test
	void everyConvolutionHasARangeThatItsValuesHardlyLeave() {
		try (OneDnnNetwork network = new OneDnnNetwork(model)) {
			assertTrue(quantization.ranges().keySet().containsAll(network.convolutions()));
			for (final Tensor image : images.tensors()) {
				network.observe(image, (name, values) -> {
					final float range = quantization.ranges().get(name);
					int beyond = 0;
					for (final float value : values) if (Math.abs(value) > range) beyond++;
					assertTrue(range > 0 && beyond <= values.length / 20, name + ": " + beyond + " of " + values.length);
				});
			}
		}
	}

	/** Not also after the first of several steps, when its memory holds anything. */
	@Test
	void everyOperationIsObservedOnceWithItsOwnValues() {
		final Map<String, Integer> times = new HashMap<>();
		try (OneDnnNetwork network = new OneDnnNetwork(model)) {
			network.observe(images.tensors().get(0), (name, values) -> {
				times.merge(name, 1, Integer::sum);
				for (final float value : values) assertTrue(Float.isFinite(value), name);
			});
			assertTrue(times.keySet().containsAll(network.convolutions()));
		}
		times.forEach((name, count) -> assertEquals(1, count, name));
	}

	@Test
	void integersAnswerNearlyLikeFloats() {
		try (OneDnnNetwork network = new OneDnnNetwork(model)) {
			final double spread = NdArrays.of(network.run(images.tensors().get(0))).maxNumber().doubleValue();
			assertTrue(spread > 0.5, "the model must see the discs, its largest answer is " + spread);
			assertEquals(0, error(network, quantization), 0.01);
		}
	}

	@Test
	void networksOfSeveralTargetsAnswerNearlyLikeFloatsToo() throws IOException {
		final TrainableModel trained = new TrainableModel(ModelInfo.builder("several", Architecture.RESUNET).target(
			TargetEncoder.DISTANCE_FLOW).build(), Networks.build(Architecture.RESUNET, 3, 1e-3, TargetEncoder.DISTANCE_FLOW));
		NormalizationStatistics.measure(trained.network(), images.tensors().iterator());
		final NucleusModel several = trained.model();
		final Quantization found = Quantizer.quantize(several, images, Progress.NONE);
		try (OneDnnNetwork network = new OneDnnNetwork(several); OneDnnNetwork integers = network.with(found.withFloats(
			Collections.emptyList())))
		{
			final INDArray expected = NdArrays.of(network.run(images.tensors().get(0)));
			final INDArray answer = NdArrays.of(integers.run(images.tensors().get(0)));
			// without VNNI weights are coarser
			final double tolerance = OneDnn.get().addsPairsInSixteenBits() ? 0.4 : 0.25;
			for (int c = 0; c < 5; c++) {
				final INDArray channel = expected.slice(0).slice(c);
				assertTrue(channel.stdNumber().doubleValue() > 0.02, "channel " + c + " must not be flat");
				assertEquals(0, answer.slice(0).slice(c).sub(channel).ameanNumber().doubleValue(), tolerance * channel
					.stdNumber().doubleValue(), "channel " + c);
			}
		}
	}

	@Test
	void convolutionsInFloatsReduceTheErrorAndAreFew() {
		try (OneDnnNetwork network = new OneDnnNetwork(model)) {
			assertTrue(network.convolutions().containsAll(quantization.floats()));
			final double all = network.convolutions().stream().mapToDouble(network::multiplications).sum();
			assertTrue(quantization.floats().stream().mapToDouble(network::multiplications).sum() <= 0.08 * all);
			final double none = error(network, quantization.withFloats(Collections.emptyList()));
			if (!quantization.floats().isEmpty()) assertTrue(error(network, quantization) < none);
			assertTrue(error(network, quantization.withFloats(network.convolutions())) < none / 2,
				"all convolutions in floats are nearly the original");
		}
	}

	private static double error(final OneDnnNetwork network, final Quantization tried) {
		double sum = 0;
		try (OneDnnNetwork integers = network.with(tried)) {
			for (final Tensor image : images.tensors()) {
				sum += NdArrays.of(integers.run(image)).sub(NdArrays.of(network.run(image))).ameanNumber().doubleValue();
			}
		}
		return sum / images.count();
	}

	@Test
	void aCutOffRangeIsSeenInTheAnswer() {
		try (OneDnnNetwork network = new OneDnnNetwork(model)) {
			final Map<String, Float> narrow = new HashMap<>(quantization.ranges());
			narrow.replaceAll((name, range) -> range / 20);
			assertTrue(error(network, new Quantization(narrow, quantization.floats(), "narrow")) > 5 * error(network,
				quantization));
		}
	}

	@Test
	void saysHowItWasFound() {
		assertTrue(quantization.calibration().matches("ranges by .+ on 3 images; \\d+ of \\d+ convolutions in floats .*"),
			quantization.calibration());
	}

	@Test
	void cancelStops() {
		final Progress canceled = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// not shown
			}

			@Override
			public boolean isCanceled() {
				return true;
			}
		};
		assertThrows(CancellationException.class, () -> Quantizer.quantize(model, images, canceled));
	}

	@Test
	void noImagesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> CalibrationImages.of(new ArrayList<>(), model.info()));
	}
}
