package io.github.nuclei4j.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gives every image of a run a name of its own for its results. It is the file's name without ending; where several
 * images would share it, each of those gets the first of these that no other image has: with the folder's name before it
 * ({@code plate1_a1}), with its ending ({@code a1_png}), with the names of two folders ({@code day1_plate1_a1}), and
 * failing all a number in the order of the images ({@code a1-2}). The same images always get the same names.
 */
final class OutputNames {

	private static final int LEVELS = 4;

	private OutputNames() {}

	/** The names of the files' results, in the files' order; all different, even where letters' case is ignored. */
	static List<String> of(final List<Path> files) {
		final int[] levels = new int[files.size()];
		while (raiseShared(files, levels)) {
			// until all differ, or there is nothing more to tell them apart by
		}
		final Set<String> given = new HashSet<>();
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < levels.length; i++) {
			final String candidate = candidate(files.get(i), levels[i]);
			String name = candidate;
			for (int n = 2; !given.add(key(name)); n++) name = candidate + "-" + n;
			names.add(name);
		}
		return names;
	}

	/** The part of a file name after its last dot; empty if it has none. */
	static String extension(final String fileName) {
		final int dot = fileName.lastIndexOf('.');
		return dot <= 0 ? "" : fileName.substring(dot + 1);
	}

	/** Takes all files whose name isn't theirs alone one level up; false if there was none. */
	private static boolean raiseShared(final List<Path> files, final int[] levels) {
		final Map<String, Integer> counts = new HashMap<>();
		for (int i = 0; i < levels.length; i++) counts.merge(key(candidate(files.get(i), levels[i])), 1, Integer::sum);
		final boolean[] shared = new boolean[levels.length];
		boolean any = false;
		for (int i = 0; i < levels.length; i++) {
			shared[i] = levels[i] < LEVELS && counts.get(key(candidate(files.get(i), levels[i]))) > 1;
			any |= shared[i];
		}
		for (int i = 0; i < levels.length; i++) {
			if (shared[i]) levels[i]++;
		}
		return any;
	}

	private static String candidate(final Path file, final int level) {
		final String fileName = file.getFileName().toString();
		final String extension = extension(fileName);
		final String base = writable(extension.isEmpty() ? fileName : fileName.substring(0, fileName.length() - extension
			.length() - 1));
		switch (level) {
			case 1:
				return folder(file, 1) + base;
			case 2:
				return base + "_" + extension;
			case 3:
				return folder(file, 2) + folder(file, 1) + base;
			default:
				return base;
		}
	}

	/** A name without the letters that the system's language setting lacks: the image fails, but not the others. */
	private static String writable(final String name) {
		return name.replace('\uFFFD', '_');
	}

	/** Name of the folder so many steps up, with an underscore; empty above the root. */
	private static String folder(final Path file, final int up) {
		Path folder = file.toAbsolutePath().normalize();
		for (int i = 0; i < up && folder != null; i++) folder = folder.getParent();
		return folder == null || folder.getFileName() == null ? "" : writable(folder.getFileName() + "_");
	}

	private static String key(final String name) {
		return name.toLowerCase(Locale.ROOT);
	}
}
