package io.github.nuclei4j.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line on a model, for people who choose one: what it was trained on, the nuclei it knows, how large it is. */
public final class ModelSummary {

	private ModelSummary() {}

	/** The installed models by name, sorted, each with its line, or with what is wrong with the file. */
	public static Map<String, String> installed() {
		final Map<String, String> lines = new LinkedHashMap<>();
		for (final String name : ModelStore.names()) lines.put(name, of(name));
		return lines;
	}

	/**
	 * The line on a model. Only its description is read, not the weights.
	 *
	 * @param nameOrFile as {@link ModelStore#find} takes it
	 * @return the line, or what is wrong with the file
	 */
	public static String of(final String nameOrFile) {
		try {
			final Path file = ModelStore.find(nameOrFile);
			return line(ModelFile.readInfo(file), Files.size(file));
		}
		catch (final IOException e) {
			return e.getMessage();
		}
	}

	static String line(final ModelInfo model, final long bytes) {
		final String training = model.training().map(record -> "trained on " + record.trainingIds().size() + " images of " +
			record.data()).orElse("not trained");
		final String nuclei = model.nucleusDiameter().map(diameter -> String.format(Locale.ROOT,
			"nuclei of any size, shown %.0f pixels across", diameter)).orElse("nuclei as large as in the image");
		return String.format(Locale.ROOT, "%s; %s; %.1f MB%s", training, nuclei, bytes / 1e6, model.quantization().isPresent()
			? ", 8-bit integers: quicker" : "");
	}
}
