package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.ModelSummary;

/** What dialogs say of the models that are installed. */
final class InstalledModels {

	private InstalledModels() {}

	/** @throws IllegalArgumentException if a model can't be found; the message says which are installed */
	static void check(final String model) {
		try {
			ModelStore.find(model.trim());
		}
		catch (final IOException e) {
			throw new IllegalArgumentException(e.getMessage(), e);
		}
	}

	/** All of them, for a dialog's list. */
	static List<Suggestion> suggestions() {
		return ModelSummary.installed().entrySet().stream().map(entry -> new Suggestion(entry.getKey(), entry.getKey(), entry
			.getValue())).collect(Collectors.toList());
	}

	/** The model itself if it is installed or a file; otherwise, in place of the default, the first one that is installed. */
	static String insteadOf(final String model, final String defaultModel) {
		final List<String> names = ModelStore.names();
		return model.equals(defaultModel) && !names.isEmpty() && !names.contains(model) ? names.get(0) : model;
	}

}
