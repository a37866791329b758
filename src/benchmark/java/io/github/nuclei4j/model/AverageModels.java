package io.github.nuclei4j.model;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Averages the weights of a model and of the one that it was fine-tuned from, which keeps what the first one knew and takes
 * over what the second one learnt (Wortsman et al. 2022, arXiv 2109.01903). Arguments: file to write, name, threshold, the
 * fine-tuned model (or checkpoint), the model that it comes from, and the share of the former, above 0 and up to 1. The file has
 * the training record and history of the fine-tuned model, but no validation scores, since those are of other weights.
 */
public final class AverageModels {

	private AverageModels() {}

	/** See the class. */
	public static void main(final String[] arguments) throws IOException {
		final Path output = Paths.get(arguments[0]);
		final NucleusModel tuned = ModelFile.read(Paths.get(arguments[3]));
		final NucleusModel original = ModelFile.read(ModelStore.find(arguments[4]));
		final float share = Float.parseFloat(arguments[5]);
		if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("The share must be above 0 and at most 1, got " + arguments[5] + ".");
		final ModelInfo info = tuned.info().toBuilder().name(arguments[1]).threshold(Double.parseDouble(arguments[2])).trained(tuned.info()
			.training().orElse(null), null, tuned.info().history()).build();
		final Map<String, float[]> weights = new LinkedHashMap<>();
		tuned.weights().forEach((name, values) -> weights.put(name, average(values, original.weights().get(name), share, name)));
		ModelFile.write(new NucleusModel(info, tuned.layers(), weights, tuned.iterations()), output);
		System.out.println(output + ": " + share + " of " + arguments[3] + ", the rest of " + arguments[4]);
	}

	private static float[] average(final float[] tuned, final float[] original, final float share, final String name) {
		if (original == null || original.length != tuned.length) throw new IllegalArgumentException("The models differ in '" + name + "'.");
		final float[] average = new float[tuned.length];
		for (int i = 0; i < average.length; i++) average[i] = share * tuned[i] + (1 - share) * original[i];
		return average;
	}
}
