package io.github.nuclei4j.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.nuclei4j.network.ModelStore;
import io.github.nuclei4j.network.ModelSummary;

/** What dialogs say of the models that are installed. */
final class InstalledModels {

	/** Said where there is none. */
	static final String NONE = "No model is installed. Put one, such as nuclei.zip, into the folder 'models' of ImageJ, or " +
		"choose a file here.";

	private InstalledModels() {}

	/** A line on each, for a dialog that shows them all, or {@link #NONE}. */
	static String lines() {
		final Map<String, String> installed = ModelSummary.installed();
		return installed.isEmpty() ? NONE : "<html>" + installed.entrySet().stream().map(entry -> "<b>" + entry.getKey() +
			"</b>: " + entry.getValue()).collect(Collectors.joining("<br>"));
	}

	/** The model itself if it is installed or a file; otherwise, in place of the default, the first one that is installed. */
	static String insteadOf(final String model, final String defaultModel) {
		final List<String> names = ModelStore.names();
		return model.equals(defaultModel) && !names.isEmpty() && !names.contains(model) ? names.get(0) : model;
	}

	/** Their names in a sentence, or {@link #NONE}. */
	static String sentence() {
		final List<String> names = ModelStore.names();
		return names.isEmpty() ? NONE : "Installed models: " + String.join(", ", names);
	}
}
