package io.github.nuclei4j.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.nuclei4j.util.Messages;

/** Tells image files from others by their names. */
public final class ImageFiles {

	/** What the names of images end in, after the last dot, in lower case. */
	public static final Collection<String> EXTENSIONS = Collections.unmodifiableCollection(new TreeSet<>(Arrays.asList("tif",
		"tiff", "png", "jpg", "jpeg", "bmp", "gif", "pgm", "ppm", "stk", "lsm", "dcm", "fits", "avi")));

	/** Formats of microscopes that only Bio-Formats reads, as {@link #EXTENSIONS}. */
	public static final Collection<String> MICROSCOPE_EXTENSIONS = Collections.unmodifiableCollection(new TreeSet<>(Arrays
		.asList("nd2", "czi", "lif", "oib", "oif", "vsi", "ims", "zvi", "dv")));

	/** What the names of this program's results end in. */
	private static final List<String> RESULTS = Arrays.asList("_labels.tif", "_rois.zip", "_overlay.png",
		"_probabilities.tif", "_cells.tif", "_evaluation.png", "_disagreement.png");

	private ImageFiles() {}

	/**
	 * The images in a folder, sorted by path, without hidden files and without results of earlier runs.
	 *
	 * @param recursive whether folders in it are searched, too
	 * @throws IOException if a folder can't be read
	 */
	public static List<Path> in(final Path folder, final boolean recursive) throws IOException {
		return in(folder, recursive, ImageFiles::isImage);
	}

	/** As {@link #in}, with files in microscopes' own formats, whether or not they can be opened here. */
	public static List<Path> withMicroscopes(final Path folder, final boolean recursive) throws IOException {
		return in(folder, recursive, file -> isImage(file) || isMicroscope(file));
	}

	private static List<Path> in(final Path folder, final boolean recursive, final Predicate<Path> wanted)
		throws IOException
	{
		try (Stream<Path> files = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
			return files.filter(file -> Files.isRegularFile(file) && !isHidden(folder, file) && wanted.test(file) && !isResult(file))
				.sorted().collect(Collectors.toList());
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	/** Whether a file's name ends like that of an image. */
	public static boolean isImage(final Path file) {
		return EXTENSIONS.contains(extension(file));
	}

	/** Whether a file's name ends like that of a format that only Bio-Formats reads. */
	public static boolean isMicroscope(final Path file) {
		return MICROSCOPE_EXTENSIONS.contains(extension(file));
	}

	/**
	 * Checks that a file's name, as text, is the name of the file: in a system whose language is set to none, letters beyond
	 * the English ones are lost.
	 *
	 * @throws IOException if not, with what to do
	 */
	public static void requireFaithful(final Path file) throws IOException {
		try {
			if (file.getFileSystem().getPath(file.toString()).equals(file)) return;
		}
		catch (final InvalidPathException e) {
			// letters are missing
		}
		throw new IOException(Messages.unmappable(file.toString()));
	}

	private static String extension(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
	}

	/** Whether a file's name is that of a result of this program. */
	public static boolean isResult(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return RESULTS.stream().anyMatch(name::endsWith);
	}

	private static boolean isHidden(final Path folder, final Path file) {
		for (final Path part : folder.relativize(file)) if (part.toString().startsWith(".")) return true;
		return false;
	}
}
