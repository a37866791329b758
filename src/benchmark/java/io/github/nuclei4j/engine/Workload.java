package io.github.nuclei4j.engine;

import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.inference.NetworkPredictor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NormalizationStatistics;

/** A network with weights, and one image for it: bright discs on a dim, noisy ground, values 0 to 1. */
final class Workload {

	private static final long SEED = 1;

	private final NucleusModel model;
	private final List<Operation> operations;
	private final int height;
	private final int width;
	private final float[] input;

	/**
	 * @param height of the image in pixels, divisible by the layout's divisor
	 * @param width likewise
	 */
	Workload(final NucleusModel model, final int height, final int width) {
		model.info().layout().checkShape(1, model.info().layout().channels(), height, width);
		this.model = model;
		this.height = height;
		this.width = width;
		operations = NetworkReader.read(model);
		input = picture(model.info().layout().channels(), height, width);
	}

	/**
	 * An architecture with random weights. Batch normalisation has random scales and shifts too, and the statistics of a
	 * picture; the scales are below 1, as in trained networks, since rounding errors would grow from layer to layer otherwise.
	 */
	static NucleusModel random(final Architecture architecture) {
		final ComputationGraph network = Networks.build(architecture, SEED, 1e-3);
		Nd4j.getRandom().setSeed(SEED);
		network.paramTable().forEach((name, values) -> {
			if (name.endsWith("_gamma")) values.assign(Nd4j.rand(values.shape()).muli(0.5).addi(0.25));
			if (name.endsWith("_beta")) values.assign(Nd4j.rand(values.shape()).subi(0.5));
		});
		final int channels = architecture.layout().channels();
		final int size = 256;
		final Tensor picture = new Tensor(picture(channels, size, size), 1, channels, size, size);
		if (NormalizationStatistics.has(architecture.layers())) NormalizationStatistics.measure(network, Collections.singleton(picture)
			.iterator());
		return new TrainableModel(ModelInfo.builder(architecture.id() + " with random weights", architecture).build(), network)
			.model();
	}

	/** The released model of an architecture, if there is one. */
	static Optional<NucleusModel> released(final Architecture architecture) throws IOException {
		if (!ModelStore.names().contains(architecture.id())) return Optional.empty();
		return Optional.of(ModelFile.read(ModelStore.find(architecture.id())));
	}

	/** The released model of an architecture in 8-bit integers, if there is one. */
	static Optional<NucleusModel> releasedInt8(final Architecture architecture) throws IOException {
		final String name = architecture.id() + "-int8";
		if (!ModelStore.names().contains(name)) return Optional.empty();
		return Optional.of(ModelFile.read(ModelStore.find(name))).filter(model -> model.info().quantization().isPresent());
	}

	private static float[] picture(final int channels, final int height, final int width) {
		final Random random = new Random(SEED);
		final float[] pixels = new float[height * width];
		for (int i = 0; i < pixels.length; i++) pixels[i] = 0.05f + 0.1f * random.nextFloat();
		for (int disc = 0; disc < height * width / 1000; disc++) {
			final double centerY = random.nextDouble() * height;
			final double centerX = random.nextDouble() * width;
			final double radius = 5 + 6 * random.nextDouble();
			final float brightness = 0.3f + 0.5f * random.nextFloat();
			for (int y = Math.max(0, (int) (centerY - radius)); y < Math.min(height, centerY + radius); y++) {
				for (int x = Math.max(0, (int) (centerX - radius)); x < Math.min(width, centerX + radius); x++) {
					if (Math.hypot(y - centerY, x - centerX) < radius) pixels[y * width + x] = brightness + 0.1f * random
						.nextFloat();
				}
			}
		}
		final float[] picture = new float[channels * pixels.length];
		for (int c = 0; c < channels; c++) System.arraycopy(pixels, 0, picture, c * pixels.length, pixels.length);
		return picture;
	}

	NucleusModel model() {
		return model;
	}

	Architecture architecture() {
		return Architecture.of(model.info().architecture());
	}

	/** In an order in which they can run. */
	List<Operation> operations() {
		return operations;
	}

	/** Image height, pixels. */
	int height() {
		return height;
	}

	/** Image width, pixels. */
	int width() {
		return width;
	}

	/** [channels, height, width]. Not a copy. */
	float[] input() {
		return input;
	}

	/** The input as a tensor [1, channels, height, width]. */
	Tensor tensor() {
		return new Tensor(input, 1, model.info().layout().channels(), height, width);
	}

	/** Number of values of the output. */
	int outputs() {
		return operations.get(operations.size() - 1).channels() * height * width;
	}

	/** What our DL4J network gives: what all implementations have to give. */
	float[] expected() {
		try (NetworkPredictor predictor = new NetworkPredictor(model)) {
			return predictor.predict(tensor()).values();
		}
	}

	/** Multiplications and additions of all convolutions for one image, in 10^9. */
	double gflop() {
		return operations.stream().mapToDouble(this::flop).sum() / 1e9;
	}

	/** Multiplications and additions of an operation, 0 if it is no convolution. */
	double flop(final Operation operation) {
		final Weights weights = operation.weights();
		if (weights == null) return 0;
		// Each output pixel of a 2x2 transposed convolution of stride 2 has one weight per input.
		final int taps = operation.kind() == Operation.Kind.UP_CONVOLUTION ? 1 : weights.kernel() * weights.kernel();
		return 2.0 * taps * weights.inputs() * weights.outputs() * (height / operation.shrink()) * (width / operation
			.shrink());
	}

	@Override
	public String toString() {
		return model.info().name() + ", " + width + " x " + height;
	}
}
