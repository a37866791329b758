package io.github.nuclei4j.inference;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What runs a model: the key {@code backend} of macros, the option {@code --backend}. */
public enum Backend {
		/** The fastest that this computer has a library for: the engine, ONNX Runtime, Deeplearning4j. */
		AUTO,
		/** The project's own engine on oneDNN; on x86-64. */
		ONEDNN,
		/** ONNX Runtime, if its jar is installed. */
		ONNX,
		/** Deeplearning4j's layers, if installed; in floats. */
		DL4J;

	/**
	 * The one with a word.
	 *
	 * @throws IllegalArgumentException that names the word and those there are
	 */
	public static Backend of(final String word) {
		for (final Backend backend : values()) if (backend.toString().equals(word == null ? null : word.trim().toLowerCase(Locale.ROOT)))
			return backend;
		throw new IllegalArgumentException("There is no backend '" + word + "'. Use one of " + Arrays.stream(values()).map(
			Backend::toString).collect(Collectors.joining(", ")) + ".");
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
