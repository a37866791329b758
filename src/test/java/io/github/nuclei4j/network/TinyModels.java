package io.github.nuclei4j.network;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ConvBlocks;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NetworkLayer.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.tensor.TargetEncoder;

/**
 * The architectures with few channels, for tests that read thousands of models: everything is as in the real
 * ones but for the size.
 */
public final class TinyModels {

	private TinyModels() {}

	/** A model with random weights and everything that its JSON can have. */
	public static NucleusModel create(final Architecture architecture, final TargetEncoder target,
		final boolean isQuantized)
	{
		final NetworkLayers layers = layers(architecture, target);
		final ValidationScores scores = new ValidationScores(0.1, 0.9, 0.91);
		final ModelInfo.Builder info = ModelInfo.builder("tiny", architecture).target(target).threshold(0.45).pixelSize(0.5)
			.nucleusDiameter(24.0).codeVersion("1.2.3").created("2026-01-01T00:00:00Z").trained(new TrainingRecord("data", Arrays.asList(
				"a", "b"), Arrays.asList("c"), 42, 8, 1e-3, "cosine", "none", 30, 0, "other"), scores, new TrainingHistory(Collections
					.singletonList(new TrainingHistory.Epoch(1, 1e-3, 0.2, scores, 12.5, true))));
		if (isQuantized) {
			final Map<String, Float> ranges = new HashMap<>();
			layers.byName().keySet().forEach(name -> ranges.put(name, 3f));
			ranges.put("image", 1f);
			info.quantization(new Quantization(ranges, Collections.singletonList("nucleus-logits"), "by hand"));
		}
		return new TrainableModel(info.build(), layers, Networks.build(layers, 0, 1e-3, 32)).model();
	}

	/** Reads a model of tiny networks as {@link ModelFile#read(Path)} reads real ones. */
	public static NucleusModel read(final Path file) throws IOException {
		return ModelFile.read(file, TinyModels::layers);
	}

	private static NetworkLayers layers(final Architecture architecture, final TargetEncoder target) {
		return architecture.layers(new Blocks(target, architecture == Architecture.UNET));
	}

	private static final class Blocks extends ConvBlocks {

		/** Concatenations in the engine need whole blocks. */
		private final boolean isBlocked;

		Blocks(final TargetEncoder target, final boolean isBlocked) {
			super(target);
			this.isBlocked = isBlocked;
		}

		private int few(final int filters) {
			return isBlocked ? Math.min(16, filters) : filters < 16 ? filters : filters / 16;
		}

		@Override
		public String convolution(final String name, final int filters, final int kernel, final boolean relu,
			final Initialization initialization, final String input)
		{
			return super.convolution(name, few(filters), kernel, relu, initialization, input);
		}

		@Override
		public String upConvolution(final String name, final int filters, final String input) {
			return super.upConvolution(name, few(filters), input);
		}

		@Override
		public String normalized(final String name, final int filters, final int kernel, final int stride, final boolean relu,
			final String input)
		{
			return super.normalized(name, few(filters), kernel, stride, relu, input);
		}
	}
}
