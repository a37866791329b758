package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The label images of two folders that belong together, by their names: without ending and without {@code _labels},
 * {@code _label}, {@code _masks} or {@code _cp_masks} (Cellpose) they must be the same. Immutable.
 */
public final class LabelPairs {

	/** Longer ones first where one ends like another. */
	private static final List<String> SUFFIXES = Collections.unmodifiableList(Arrays.asList("_cp_masks", "_labels", "_label",
		"_masks"));

	private static final List<String> TYPES = Collections.unmodifiableList(Arrays.asList("tif", "tiff", "png", "bmp", "gif",
		"pgm"));

	/** Pictures that this program writes beside label images. */
	private static final List<String> RESULTS = Collections.unmodifiableList(Arrays.asList("_overlay.png",
		"_evaluation.png", "_probabilities.tif"));

	private final List<Pair> pairs;
	private final List<Path> unmatched;

	private LabelPairs(final List<Pair> pairs, final List<Path> unmatched) {
		this.pairs = Collections.unmodifiableList(pairs);
		this.unmatched = Collections.unmodifiableList(unmatched);
	}

	/**
	 * Finds the pairs of two folders (not in folders in them), or takes two files as one.
	 *
	 * @param truth folder or file of the true label images
	 * @param predicted likewise of those to be scored
	 * @throws IOException if one is a folder and the other isn't, a folder can't be read, two files of one folder have the
	 *           same name but for the ending, or there is no pair
	 */
	public static LabelPairs of(final Path truth, final Path predicted) throws IOException {
		for (final Path given : Arrays.asList(truth, predicted)) {
			if (!Files.exists(given)) throw new IOException("There is no file or folder " + given + ". Check its name.");
		}
		if (Files.isDirectory(truth) != Files.isDirectory(predicted)) {
			throw new IOException(truth + " and " + predicted + " must both be folders or both be files, got one of each.");
		}
		if (!Files.isDirectory(truth)) {
			return new LabelPairs(Collections.singletonList(new Pair(name(predicted), truth, predicted)), Collections
				.emptyList());
		}
		final Map<String, Path> trueFiles = labelFiles(truth);
		final Map<String, Path> predictedFiles = labelFiles(predicted);
		final List<Pair> pairs = new ArrayList<>();
		final List<Path> unmatched = new ArrayList<>();
		trueFiles.forEach((name, file) -> {
			final Path partner = predictedFiles.remove(name);
			if (partner == null) unmatched.add(file);
			else pairs.add(new Pair(name, file, partner));
		});
		unmatched.addAll(predictedFiles.values());
		if (pairs.isEmpty()) {
			throw new IOException("No label image in " + truth + " (" + trueFiles.size() + " images) has the name of one in " +
				predicted + " (" + predictedFiles.size() + " images). Expected names such as a.tif or a_labels.tif in both; " +
				"images end in " + String.join(", ", TYPES) + ".");
		}
		return new LabelPairs(pairs, unmatched);
	}

	/** The label images of a folder by name. Where there is a.tif and a_labels.tif, the former is the image. */
	private static Map<String, Path> labelFiles(final Path folder) throws IOException {
		final List<Path> files;
		try (Stream<Path> all = Files.list(folder)) {
			files = all.filter(LabelPairs::isImage).sorted().collect(Collectors.toList());
		}
		final Map<String, Path> byName = new TreeMap<>();
		for (final Path file : files) {
			final String name = name(file);
			final Path other = byName.get(name);
			if (other == null || hasSuffix(file) && !hasSuffix(other)) byName.put(name, file);
			else if (hasSuffix(file) == hasSuffix(other)) {
				throw new IOException(other + " and " + file + " both belong to '" + name +
					"'. Keep one label image for each name in the folder.");
			}
		}
		return byName;
	}

	private static boolean isImage(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return !name.startsWith(".") && TYPES.contains(name.substring(name.lastIndexOf('.') + 1)) && RESULTS.stream().noneMatch(
			name::endsWith) && Files.isRegularFile(file);
	}

	private static boolean hasSuffix(final Path file) {
		return !base(file).equals(name(file));
	}

	/** The file's name without ending and label suffix. */
	static String name(final Path file) {
		final String base = base(file);
		for (final String suffix : SUFFIXES) {
			if (base.length() > suffix.length() && base.toLowerCase(Locale.ROOT).endsWith(suffix)) {
				return base.substring(0, base.length() - suffix.length());
			}
		}
		return base;
	}

	private static String base(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		final String base = dot > 0 ? name.substring(0, dot) : name;
		return base.toLowerCase(Locale.ROOT).endsWith(".ome") ? base.substring(0, base.length() - 4) : base;
	}

	/** The pairs, sorted by name; at least one. */
	public List<Pair> pairs() {
		return pairs;
	}

	/** Label images without a partner: those of the truth, then the predicted ones. */
	public List<Path> unmatched() {
		return unmatched;
	}

	/** A true label image and the one to be scored. */
	public static final class Pair {

		private final String name;
		private final Path truth;
		private final Path predicted;

		Pair(final String name, final Path truth, final Path predicted) {
			this.name = name;
			this.truth = truth;
			this.predicted = predicted;
		}

		/** The name that both have without ending and suffix; of two given files, that of the predicted one. */
		public String name() {
			return name;
		}

		/** File of the true labels. */
		public Path truth() {
			return truth;
		}

		/** File of the labels to be scored. */
		public Path predicted() {
			return predicted;
		}
	}
}
