package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import ij.IJ;

/** The model file that a command writes, parameter {@code output}. */
final class OutputModel {

	private OutputModel() {}

	/**
	 * The file's path, ending in .zip.
	 *
	 * @param output as entered, may be null
	 * @throws IllegalArgumentException if it is empty or in no folder
	 */
	static Path path(final File output) {
		if (output == null || output.getPath().isEmpty()) {
			throw new IllegalArgumentException("'output' is empty: choose the model file to write, such as mymodel.zip.");
		}
		final File file = output.getAbsoluteFile();
		final boolean zip = file.getName().toLowerCase(Locale.ROOT).endsWith(".zip");
		final Path path = zip ? file.toPath() : file.toPath().resolveSibling(file.getName() + ".zip");
		if (!path.getParent().toFile().isDirectory()) {
			throw new IllegalArgumentException("output=" + file + ": the folder " + path.getParent() +
				" does not exist. Create it or choose another.");
		}
		return path;
	}

	/**
	 * Asks whether an existing file may be replaced; only in an interactive session.
	 *
	 * @param question what OK does
	 * @param isMacro whether a macro called the command, which is not asked
	 * @throws CancellationException if not
	 */
	static void confirm(final Path path, final String title, final String question, final boolean isMacro) {
		final boolean interactive = !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null && !isMacro;
		if (interactive && Files.exists(path) && !IJ.showMessageWithCancel(title, path + "\nexists. " + question)) {
			throw new CancellationException("The existing model was kept.");
		}
	}
}
