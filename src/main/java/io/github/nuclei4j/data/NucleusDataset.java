package io.github.nuclei4j.data;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

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
	 * Finds the annotated images of a zip archive or folder in the Kaggle layout, or of a folder with image + label-image
	 * pairs.
	 *
	 * @throws IOException if the path holds neither; the message says what it holds and what is expected
	 */
	public static NucleusDataset open(final Path zipOrFolder) throws IOException {
		return open(zipOrFolder, null);
	}

	/**
	 * Like {@link #open(Path)}, with a listener that is given each of the {@link #warnings()} as it occurs.
	 *
	 * @param listener called on the thread that found the problem; may be null
	 */
	public static NucleusDataset open(final Path zipOrFolder, final Consumer<String> listener) throws IOException {
		final DataFiles files = DataFiles.open(zipOrFolder);
		try {
			final WarningLog warnings = new WarningLog(listener);
			if (Dsb2018Reader.recognizes(files)) return Dsb2018Reader.read(files, warnings);
			if (LabelledFolderReader.recognizes(files)) return LabelledFolderReader.read(files, warnings);
			throw new IOException("No annotated images found in '" + zipOrFolder + "': it has " + files.summary() +
				". Expected either the Kaggle layout (a zip archive or folder with <ImageId>/images/<ImageId>.png and one mask per " +
				"nucleus in <ImageId>/masks/*.png) or a folder of images and label images (images/<name>.tif with " +
				"labels/<name>.tif, or <name>.tif with <name>_labels.tif; TIFF or PNG). Rename the files, or choose the folder " +
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
			entries.add(new Entry(sample.id(), () -> sample));
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
	 * Divides the samples at random into two parts: the sorted ids are shuffled by a {@link Random} of the seed, and the first
	 * {@code ceil(fraction * size)}, at least 1 and at most all but 1, are for validation. Same ids and seed, same parts.
	 *
	 * @param validationFraction share for validation, above 0 and below 1
	 * @throws IllegalArgumentException for another fraction, or fewer than two samples
	 */
	public Split split(final double validationFraction, final long seed) {
		if (!(validationFraction > 0 && validationFraction < 1)) {
			throw new IllegalArgumentException("Validation fraction " + validationFraction +
				": expected a number above 0 and below 1, such as 0.1.");
		}
		final int size = size();
		if (size < 2) {
			throw new IllegalArgumentException("Data set '" + name + "' has " + size +
				" sample(s): at least 2 are needed, one to train on and one to validate with. Annotate more images.");
		}
		// without the small number, 7 % of 100 would be 8 because of rounding
		final int count = Math.max(1, Math.min(size - 1, (int) Math.ceil(validationFraction * size - 1e-9)));
		return split(0, count, seed);
	}

	/**
	 * Splits for cross-validation: the shuffled samples in parts of equal size (but for one sample), one of which is for
	 * validation, all others for training.
	 *
	 * @param fold which part
	 * @param seed the same for all parts
	 * @throws IllegalArgumentException if there are fewer samples than parts
	 */
	public Split split(final Fold fold, final long seed) {
		final int size = size();
		if (size < fold.count()) throw new IllegalArgumentException("Data set '" + name + "' has " + size +
			" sample(s), too few for fold " + fold + ". Use at most " + size + " folds.");
		return split(fold.begin(size), fold.end(size), seed);
	}

	private Split split(final int from, final int to, final long seed) {
		final List<String> training = new ArrayList<>(ids());
		Collections.sort(training);
		Collections.shuffle(training, new Random(seed));
		final List<String> part = training.subList(from, to);
		final List<String> validation = new ArrayList<>(part);
		part.clear();
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

	/** A sample's id and how to get it. */
	static final class Entry {

		private final String id;
		private final Loader loader;
		private SoftReference<NucleusSample> loaded = new SoftReference<>(null);

		Entry(final String id, final Loader loader) {
			this.id = id;
			this.loader = loader;
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
