package io.github.nuclei4j.command;

import java.util.List;

import io.github.nuclei4j.network.ModelStore;

/** What dialogs say of the models that are installed. */
final class InstalledModels {

	/** Said where there is none. */
	static final String NONE = "No model is installed. Put one, such as nuclei.zip, into the folder 'models' of ImageJ, or " +
		"choose a file here.";

	private InstalledModels() {}

	/** Their names in a sentence, or {@link #NONE}. */
	static String sentence() {
		final List<String> names = ModelStore.names();
		return names.isEmpty() ? NONE : "Installed models: " + String.join(", ", names);
	}
}
