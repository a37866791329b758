package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.SegmentationOptions;

/** A model that takes part in a comparison: its weights are in memory only while it is scored. Immutable. */
public final class ComparedModel {

	private static final String EXTENSION = ".zip";

	/** Brings a model into memory. */
	@FunctionalInterface
	public interface Opener {

		/** The model, ready to be scored; whoever opens it closes it. */
		ModelEvaluator open() throws IOException;
	}

	private final String name;
	private final ModelInfo info;
	private final long fileSize;
	private final Opener opener;

	/**
	 * @param name shown in tables and charts, unique in a comparison
	 * @param info what is known of the model
	 * @param fileSize of its file in bytes
	 * @param opener brings it into memory
	 */
	public ComparedModel(final String name, final ModelInfo info, final long fileSize, final Opener opener) {
		this.name = name;
		this.info = info;
		this.fileSize = fileSize;
		this.opener = opener;
	}

	/**
	 * Models from their files. They are called by their own names; those of the same name by their files', if
	 * need be with their folders'.
	 *
	 * @param files model zips, in the order of the tables' columns
	 * @param options of the segmentation at the images' own resolution
	 * @throws IOException if a file can't be read or is no model
	 * @throws IllegalArgumentException if a file is given twice
	 */
	public static List<ComparedModel> ofFiles(final List<Path> files, final SegmentationOptions options) throws IOException {
		final List<ModelInfo> infos = new ArrayList<>();
		for (final Path file : files) infos.add(ModelFile.readInfo(file));
		final List<String> names = names(files, infos);
		final List<ComparedModel> models = new ArrayList<>();
		for (int i = 0; i < files.size(); i++) {
			final Path file = files.get(i);
			models.add(new ComparedModel(names.get(i), infos.get(i), Files.size(file), () -> new ModelEvaluator(ModelFile.read(
				file), options)));
		}
		return models;
	}

	/** For each model the shortest of its possible names that is no other model's of the same kind. */
	private static List<String> names(final List<Path> files, final List<ModelInfo> infos) {
		final List<Function<Integer, String>> kinds = Arrays.asList(i -> infos.get(i).name(), i -> fileName(files.get(i)),
			i -> folderName(files.get(i)) + fileName(files.get(i)), i -> files.get(i).toAbsolutePath().normalize().toString());
		final Set<String> names = new LinkedHashSet<>();
		for (int i = 0; i < files.size(); i++) {
			for (final Function<Integer, String> kind : kinds) {
				final String name = kind.apply(i);
				final long same = IntStream.range(0, files.size()).filter(other -> kind.apply(other).equals(name)).count();
				if (same == 1 && names.add(name)) break;
			}
		}
		if (names.size() == files.size()) return new ArrayList<>(names);
		throw new IllegalArgumentException("A model is given twice among " + files + ". Give different models.");
	}

	private static String folderName(final Path file) {
		final Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
		return folder == null ? "" : folder + "/";
	}

	private static String fileName(final Path file) {
		final String name = file.getFileName().toString();
		return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
	}

	/** The name in tables and charts. */
	public String name() {
		return name;
	}

	/** What is known of the model. */
	public ModelInfo info() {
		return info;
	}

	/** Size of its file in bytes. */
	public long fileSize() {
		return fileSize;
	}

	/** Brings it into memory; to be closed. */
	ModelEvaluator open() throws IOException {
		return opener.open();
	}
}
