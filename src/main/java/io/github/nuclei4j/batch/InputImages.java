package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.nuclei4j.image.ImageFiles;

/** Finds the images that a list of files and folders means. */
public final class InputImages {

	private static final NaturalOrder ORDER = new NaturalOrder();

	private InputImages() {}

	/**
	 * The images, in the natural order of their paths ({@code a2} before {@code a10}), each once, with names for their results.
	 * <p>
	 * A folder stands for the files in it that end like images (also those that only Bio-Formats reads: where it is not
	 * installed they fail with a message that says so), without hidden ones and without results of earlier
	 * runs. A file is taken whatever its name, even if it doesn't exist: that is reported when its turn comes, so that
	 * it doesn't stop the others.
	 * </p>
	 *
	 * @param filter which files in folders to take, by name: empty for all, with {@code *} and {@code ?}, a part of the name, or
	 *          {@code regex:} and a regular expression
	 * @param recursive whether folders in folders are searched
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if there are no images, or the filter is not a correct one
	 */
	public static List<InputImage> find(final List<Path> filesOrFolders, final String filter, final boolean recursive)
		throws IOException
	{
		return find(filesOrFolders, filter, recursive, InputSeries.ALL);
	}

	/**
	 * As {@link #find(List, String, boolean)}, with a choice among the images of files that hold several.
	 *
	 * @param series {@code all}, or the number of an image, from 1, of those files
	 */
	public static List<InputImage> find(final List<Path> filesOrFolders, final String filter, final boolean recursive,
		final String series) throws IOException
	{
		final InputSeries choice = new InputSeries(series);
		final Predicate<Path> wanted = InputFilter.of(filter);
		final Map<Path, Path> found = new LinkedHashMap<>();
		for (final Path given : filesOrFolders) {
			if (Files.isDirectory(given)) {
				for (final Path file : ImageFiles.withMicroscopes(given, recursive)) {
					if (wanted.test(file)) found.putIfAbsent(identity(file), file);
				}
			}
			else found.putIfAbsent(identity(given), given);
		}
		return choice.of(named(found.values(), filesOrFolders.stream().map(Path::toString).collect(Collectors.joining(", ")), filter,
			recursive));
	}

	/**
	 * The images among files that were listed elsewhere, such as in a cluster's file system, as {@link #find} gives them:
	 * those whose names end like images and fit the filter, without results of earlier runs.
	 *
	 * @param files each once; they need not exist on this computer
	 * @param place where they were looked for, for the message
	 * @throws IllegalArgumentException if there are no images, or the filter is not a correct one
	 */
	public static List<InputImage> among(final List<Path> files, final String place, final String filter) {
		final Predicate<Path> wanted = InputFilter.of(filter).and(file -> ImageFiles.isImage(file) || ImageFiles.isMicroscope(file));
		return named(files.stream().filter(wanted.and(file -> !ImageFiles.isResult(file))).collect(Collectors.toList()), place,
			filter, true);
	}

	private static List<InputImage> named(final Collection<Path> found, final String place, final String filter,
		final boolean recursive)
	{
		if (found.isEmpty()) {
			throw new IllegalArgumentException("There are no images in " + place + (filter.trim().isEmpty() ? "" : " whose names fit the filter '" + filter.trim() + "'") +
				". Images end in " + String.join(", ", ImageFiles.EXTENSIONS) + ", and, for Bio-Formats, " + String.join(", ",
					ImageFiles.MICROSCOPE_EXTENSIONS) + (recursive ? "."
					: "; subfolders are searched only with the option recursive."));
		}
		final List<Path> files = new ArrayList<>(found);
		files.sort(Comparator.comparing(InputImages::sortKey, ORDER));
		final List<String> names = OutputNames.of(files);
		final List<InputImage> images = new ArrayList<>(files.size());
		for (int i = 0; i < files.size(); i++) images.add(new InputImage(files.get(i), names.get(i)));
		return images;
	}

	/** The same for every way to write the path of one file. */
	static Path identity(final Path file) {
		try {
			return file.toRealPath();
		}
		catch (final IOException e) {
			// the file may not exist (yet)
			return file.toAbsolutePath().normalize();
		}
	}

	private static String sortKey(final Path file) {
		return file.toString().replace('\\', '/');
	}
}
