package io.github.nuclei4j.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import ij.IJ;
import io.github.nuclei4j.util.Version;

/**
 * Finds installed models by name: {@code NAME.zip} in the folder of the system property {@code nuclei4j.models}, in
 * ImageJ's {@code models} folder, or in {@code models} of the working folder, in this order. A training's checkpoints are no
 * installed models.
 */
public final class ModelStore {

	/** System property that names a folder with models. */
	public static final String FOLDER_PROPERTY = "nuclei4j.models";

	private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
	private static final String EXTENSION = ".zip";

	/** Released models that have a download of their own. */
	private static final List<String> IN_MORE_MODELS = Arrays.asList("hrnet", "hrnet-int8");

	private ModelStore() {}

	/** The names of the installed models, sorted. */
	public static List<String> names() {
		return new ArrayList<>(installed().keySet());
	}

	/**
	 * The file of a model.
	 *
	 * @param nameOrFile the name of an installed model, or the path of a model zip
	 * @throws IOException that lists the installed models if it is neither
	 */
	public static Path find(final String nameOrFile) throws IOException {
		if (nameOrFile == null || nameOrFile.trim().isEmpty()) {
			throw new IOException("No model was given. Give the path of a model zip, or the name of an installed model: " +
				names() + ".");
		}
		final Path named = installed().get(nameOrFile);
		if (named != null) return named;
		try {
			final Path file = Paths.get(nameOrFile);
			if (Files.isRegularFile(file)) return file;
		}
		catch (final InvalidPathException e) {
			throw new IOException("'" + nameOrFile + "' is neither an installed model " + names() + " nor a path.", e);
		}
		throw new IOException(missing(nameOrFile));
	}

	/** Why a model can't be found, and what to do. */
	static String missing(final String nameOrFile) {
		if (IN_MORE_MODELS.contains(nameOrFile)) {
			return "The model '" + nameOrFile + "' is not installed. Unpack nuclei4j-" + Version.current() +
				"-more-models.zip into the Fiji or ImageJ folder, or choose one of " + names() + ".";
		}
		return "There is no model '" + nameOrFile + "'. Give the path of a model zip, or the name of one in " + folders() + ": " +
			names() + ".";
	}

	private static Map<String, Path> installed() {
		final Map<String, Path> models = new TreeMap<>();
		for (final Path folder : folders()) {
			if (!Files.isDirectory(folder)) continue;
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
				for (final Path file : files) {
					final String fileName = file.getFileName().toString();
					if (fileName.startsWith(".") || fileName.endsWith("-checkpoint" + EXTENSION)) continue;
					models.putIfAbsent(fileName.substring(0, fileName.length() - EXTENSION.length()), file);
				}
			}
			catch (final IOException e) {
				LOG.warn("The models in {} can't be listed: {}", folder, e.getMessage());
			}
		}
		return models;
	}

	/** The folders that are searched, in this order; they need not exist. */
	public static Set<Path> folders() {
		final Set<Path> folders = new LinkedHashSet<>();
		final String property = System.getProperty(FOLDER_PROPERTY);
		if (property != null) folders.add(Paths.get(property));
		final String imagej = IJ.getDirectory("imagej");
		if (imagej != null) folders.add(Paths.get(imagej, "models"));
		folders.add(Paths.get("models"));
		return folders;
	}
}
