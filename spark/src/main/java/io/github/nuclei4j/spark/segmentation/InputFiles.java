package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

import io.github.nuclei4j.batch.InputImage;
import io.github.nuclei4j.batch.InputImages;

/** Lists images on Hadoop's file systems. */
final class InputFiles {

	private final Configuration hadoop;
	private final boolean recursive;
	/** By path without file system, which decides on order and names. */
	private final Map<Path, FileStatus> found = new LinkedHashMap<>();

	private InputFiles(final Configuration hadoop, final boolean recursive) {
		this.hadoop = hadoop;
		this.recursive = recursive;
	}

	/**
	 * The images of folders, files or patterns, in the order and with the names of the command line tool.
	 *
	 * @throws IllegalArgumentException if there are none, or the filter is not a correct one
	 */
	static List<ImageTask> list(final List<String> inputs, final String filter, final boolean recursive,
		final Configuration hadoop) throws IOException
	{
		final InputFiles files = new InputFiles(hadoop, recursive);
		for (final String input : inputs) files.add(new org.apache.hadoop.fs.Path(input));
		final List<ImageTask> images = new ArrayList<>();
		for (final InputImage image : InputImages.among(new ArrayList<>(files.found.keySet()), String.join(", ", inputs),
			filter))
		{
			final FileStatus file = files.found.get(image.file());
			final boolean local = "file".equals(file.getPath().toUri().getScheme());
			images.add(new ImageTask(file.getPath().toString(), local ? image.file().toString() : file.getPath().toString(), file
				.getLen(), file.getModificationTime(), image.name()));
		}
		return images;
	}

	private void add(final org.apache.hadoop.fs.Path input) throws IOException {
		final FileSystem files = input.getFileSystem(hadoop);
		final FileStatus[] matches = files.globStatus(input);
		if (matches == null || matches.length == 0) throw new IllegalArgumentException("There is no file or folder '" + input +
			"'. Give a folder, a file or a pattern such as hdfs:///plates/*/*.tif.");
		for (final FileStatus match : matches) {
			if (match.isDirectory()) addFolder(files, match);
			else put(match);
		}
	}

	private void addFolder(final FileSystem files, final FileStatus folder) throws IOException {
		for (final FileStatus inside : files.listStatus(folder.getPath())) {
			if (inside.getPath().getName().startsWith(".")) continue;
			if (inside.isFile()) put(inside);
			else if (recursive) addFolder(files, inside);
		}
	}

	private void put(final FileStatus file) {
		final Path path = Paths.get(file.getPath().toUri().getPath());
		final FileStatus other = found.putIfAbsent(path, file);
		if (other != null && !other.getPath().equals(file.getPath())) throw new IllegalArgumentException("The images " + other
			.getPath() + " and " + file.getPath() + " have the same path on two file systems. Segment them in two runs.");
	}
}
