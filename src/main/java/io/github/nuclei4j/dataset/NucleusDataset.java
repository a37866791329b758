package io.github.nuclei4j.dataset;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.nuclei4j.image.DataFiles;
import io.github.nuclei4j.util.WarningLog;

/**
 * A list of annotated images that are read when asked for and kept as long as memory allows. The list itself is immutable;
 * samples may be asked for from several threads at once.
 */
public final class NucleusDataset implements AutoCloseable {

	private final String name;
	private final List<Entry> entries;
	private final WarningLog warnings;
	private final Closeable files;

	/**
	 * @param entries sorted by id, ids unique
	 * @param files closed with this data set; null for data in memory and for parts of another data set
	 */
	NucleusDataset(final String name, final List<Entry> entries, final WarningLog warnings, final Closeable files) {
		this.name = name;
		this.entries = List.copyOf(entries);
		this.warnings = warnings;
		this.files = files;
	}

	/**
	 * Finds the annotated images of a zip archive or folder, in the Kaggle layout or as pairs of image and label image.
	 *
	 * @throws IOException if the path holds neither; the message says what it holds and what is expected
	 */
	public static NucleusDataset open(final Path zipOrFolder) throws IOException {
		return open(zipOrFolder, (Consumer<String>) null);
	}

	/**
	 * Like {@link #open(Path)}, with a listener that is given each of the {@link #warnings()} as it occurs.
	 *
	 * @param listener called on the thread that found the problem; may be null
	 */
	public static NucleusDataset open(final Path zipOrFolder, final Consumer<String> listener) throws IOException {
		return open(zipOrFolder, new WarningLog(listener));
	}

	private static NucleusDataset open(final Path zipOrFolder, final WarningLog warnings) throws IOException {
		final DataFiles files = DataFiles.open(zipOrFolder);
		try {
			if (Dsb2018Reader.recognizes(files)) return Dsb2018Reader.read(files, warnings);
			if (LabelledFolderReader.recognizes(files)) return LabelledFolderReader.read(files, warnings);
			throw new IOException("No annotated images found in '" + zipOrFolder + "': it has " + files.summary() +
				". Expected either the Kaggle layout (a zip archive or folder with <ImageId>/images/<ImageId>.png and one mask per " +
				"nucleus in <ImageId>/masks/*.png) or images and label images (images/<name>.tif with " +
				"labels/<name>.tif, or <name>.tif with <name>_labels.tif; TIFF or PNG; also zipped). Rename the files, or choose the folder " +
				"that holds them.");
		}
		catch (final IOException | RuntimeException e) {
			try {
				files.close();
			}
			catch (final IOException f) {
				e.addSuppressed(f);
			}
			throw e;
		}
	}

	/**
	 * Several data sets as one: each image knows the {@link #set set} it is from, and each set is split by itself.
	 *
	 * @param zipsOrFolders at least one; of one alone it is the same as {@link #open(Path, Consumer)}
	 * @param listener as for {@link #open(Path, Consumer)}
	 * @throws IOException if one can't be read, or two hold an image of the same name
	 */
	public static NucleusDataset open(final List<Path> zipsOrFolders, final Consumer<String> listener) throws IOException {
		final WarningLog warnings = new WarningLog(listener);
		final List<NucleusDataset> sets = new ArrayList<>();
		try {
			for (final Path path : zipsOrFolders) sets.add(open(path, warnings));
			return sets.size() == 1 ? sets.get(0) : DatasetParts.union(sets, warnings);
		}
		catch (final IOException | RuntimeException e) {
			for (final NucleusDataset set : sets) set.close();
			throw e;
		}
	}

	/**
	 * The paths in a line of text: one that exists as it is written, or several separated by semicolons.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static List<Path> paths(final String text) {
		final File whole = new File(text.trim());
		if (whole.exists()) return Collections.singletonList(whole.toPath());
		final List<Path> paths = Arrays.stream(text.split(";")).map(String::trim).filter(path -> !path.isEmpty()).map(path -> new File(path)
			.toPath()).collect(Collectors.toList());
		if (paths.isEmpty()) throw new IllegalArgumentException("Expected the path of a zip or folder of annotated images, or several separated by " +
			"semicolons, but got '" + text + "'.");
		return paths;
	}

	/**
	 * Whether the names of the files in a zip archive or folder are those of annotated images; {@link #open(Path)} fails
	 * otherwise.
	 *
	 * @throws IOException if there is neither at the path
	 */
	public static boolean recognizes(final Path zipOrFolder) throws IOException {
		try (DataFiles files = DataFiles.open(zipOrFolder)) {
			return Dsb2018Reader.recognizes(files) || LabelledFolderReader.recognizes(files);
		}
	}

	/**
	 * A data set of samples in memory, sorted by id.
	 *
	 * @throws IllegalArgumentException if two samples have the same id
	 */
	public static NucleusDataset of(final String name, final List<NucleusSample> samples) {
		final List<Entry> entries = new ArrayList<>();
		for (final NucleusSample sample : samples) {
			entries.add(new Entry(sample.id(), name, null, () -> sample));
		}
		entries.sort((a, b) -> a.id.compareTo(b.id));
		final NucleusDataset dataset = new NucleusDataset(name, entries, new WarningLog(null), null);
		if (new LinkedHashSet<>(dataset.ids()).size() != samples.size()) {
			throw new IllegalArgumentException("Data set '" + name + "': two samples have the same id, among " + dataset.ids() +
				". Ids must be unique.");
		}
		return dataset;
	}

	/** The data set's name: that of its file or folder, or of the part of it. */
	public String name() {
		return name;
	}

	/** Number of samples. */
	public int size() {
		return entries.size();
	}

	/** The samples' ids, in the order of their indices. */
	public List<String> ids() {
		final List<String> ids = new ArrayList<>(entries.size());
		for (final Entry entry : entries) {
			ids.add(entry.id);
		}
		return Collections.unmodifiableList(ids);
	}

	/** Name of the set that a sample is from: of a data set that was opened alone, its own. */
	public String set(final int index) {
		return entries.get(index).set;
	}

	/** What a sample has in common with others of its set, such as an organ or a plate; null if nothing is known. */
	public String group(final int index) {
		return entries.get(index).group;
	}

	/** The names of the sets, sorted. */
	public List<String> sets() {
		return List.copyOf(new TreeSet<>(entries.stream().map(entry -> entry.set).collect(Collectors.toList())));
	}

	List<Entry> entries() {
		return entries;
	}

	Closeable files() {
		return files;
	}

	/**
	 * Reads a sample, or returns it again.
	 *
	 * @param index from 0 to {@code size() - 1}
	 * @throws IOException if its files can't be read or don't fit together; the message names the file
	 */
	public NucleusSample get(final int index) throws IOException {
		if (index < 0 || index >= entries.size()) {
			throw new IndexOutOfBoundsException("Sample " + index + " of data set '" + name + "': it has samples 0 to " +
				(entries.size() - 1) + ".");
		}
		return entries.get(index).get();
	}

	/**
	 * The problems found so far that didn't stop the reading: overlapping or empty masks, images without labels and the like,
	 * each with the file's name. Samples not read yet may bring more. Parts of a data set share them.
	 */
	public List<String> warnings() {
		return warnings.list();
	}

	/**
	 * A part of this data set, sharing its files and its samples in memory.
	 *
	 * @param name of the part
	 * @param ids of its samples, in the order wanted
	 * @throws IllegalArgumentException if an id is unknown or given twice
	 */
	public NucleusDataset subset(final String name, final List<String> ids) {
		final Map<String, Entry> known = new HashMap<>();
		for (final Entry entry : entries) {
			known.put(entry.id, entry);
		}
		final Set<String> seen = new LinkedHashSet<>();
		final List<Entry> chosen = new ArrayList<>(ids.size());
		for (final String id : ids) {
			final Entry entry = known.get(id);
			if (entry == null) {
				throw new IllegalArgumentException("Data set '" + this.name + "' of " + size() + " samples has no sample '" + id +
					"'. Use ids from ids(); the data may differ from those the ids were taken from.");
			}
			if (!seen.add(id)) throw new IllegalArgumentException("Sample '" + id + "' is given twice for '" + name + "'.");
			chosen.add(entry);
		}
		return new NucleusDataset(name, chosen, warnings, null);
	}

	/**
	 * Divides the samples into two parts, each set by itself. A set whose samples have no {@link #group groups} is divided at
	 * random: the sorted ids are shuffled by a {@link java.util.Random} of the seed, and the first {@code ceil(fraction * size)},
	 * at least 1 and at most all but 1, are for validation. Of a set with groups whole groups are: of fewer than five the one with
	 * the fewest samples; of more {@code ceil(fraction * groups)}, but at least a fifth of them up to four, drawn as ids are.
	 * Same ids, groups and seed, same parts.
	 *
	 * @param validationFraction share for validation, above 0 and below 1
	 * @throws IllegalArgumentException for another fraction, or a set of fewer than two samples or groups
	 */
	public Split split(final double validationFraction, final long seed) {
		if (!(validationFraction > 0 && validationFraction < 1)) {
			throw new IllegalArgumentException("Validation fraction " + validationFraction +
				": expected a number above 0 and below 1, such as 0.1.");
		}
		return split(DatasetParts.validation(entries, validationFraction, seed));
	}

	/**
	 * Splits for cross-validation: the shuffled samples of each set, or its shuffled groups, in parts of equal number (but for
	 * one), one of which is for validation, all others for training.
	 *
	 * @param fold which part
	 * @param seed the same for all parts
	 * @throws IllegalArgumentException if a set has fewer samples or groups than there are parts
	 */
	public Split split(final Fold fold, final long seed) {
		return split(DatasetParts.validation(entries, fold, seed));
	}

	private Split split(final Set<String> validationIds) {
		final List<String> training = new ArrayList<>(ids());
		training.removeAll(validationIds);
		final List<String> validation = new ArrayList<>(validationIds);
		Collections.sort(validation);
		Collections.sort(training);
		return new Split(subset(name + " (training)", training), subset(name + " (validation)", validation));
	}

	/**
	 * Closes the archive; samples not in memory can't be read any more, in this data set and its parts. Closing a part does
	 * nothing.
	 */
	@Override
	public void close() throws IOException {
		if (files != null) files.close();
	}

	/** The two parts of a data set. */
	public static final class Split {

		private final NucleusDataset training;
		private final NucleusDataset validation;

		private Split(final NucleusDataset training, final NucleusDataset validation) {
			this.training = training;
			this.validation = validation;
		}

		/** The part to train on, sorted by id. */
		public NucleusDataset training() {
			return training;
		}

		/** The part to validate with, sorted by id; no sample of it is in the other part. */
		public NucleusDataset validation() {
			return validation;
		}
	}

	/** Reads one sample. */
	interface Loader {

		NucleusSample load() throws IOException;
	}

	/** A sample's id, where it belongs, and how to get it. */
	static final class Entry {

		final String id;
		final String set;
		final String group;
		private final Loader loader;
		private SoftReference<NucleusSample> loaded = new SoftReference<>(null);

		/** @param group null if nothing is known */
		Entry(final String id, final String set, final String group, final Loader loader) {
			this.id = id;
			this.set = set;
			this.group = group;
			this.loader = loader;
		}

		/** The same sample, in a set of another name. */
		Entry in(final String name) {
			return new Entry(id, name, group, this::get);
		}

		private synchronized NucleusSample get() throws IOException {
			NucleusSample sample = loaded.get();
			if (sample == null) {
				sample = loader.load();
				loaded = new SoftReference<>(sample);
			}
			return sample;
		}
	}
}
