package io.github.nuclei4j.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether Java, and the libraries that come with Fiji, are new enough. Compiled for Java 8 and written with nothing newer, as
 * are all classes that lead to it, so that it can answer where the rest of the program can't even be loaded.
 */
public final class Requirements {

	private static final int JAVA = 11;

	private static final String FIJI = "net/imagej/legacy/LegacyService.class";

	private Requirements() {}

	/** One sentence with the remedy if something is too old. */
	public static Optional<String> unmet() {
		return unmet(System.getProperty("java.specification.version", ""), Requirements.class.getClassLoader());
	}

	/**
	 * @param java such as {@code 1.8} or {@code 17}
	 * @param loader that finds the libraries
	 */
	static Optional<String> unmet(final String java, final ClassLoader loader) {
		final List<String> old = new ArrayList<>();
		if (release(java) < JAVA) old.add("Java " + release(java));
		if (isOldImgLib(loader)) old.add("a version of ImgLib2 from before May 2024");
		if (old.isEmpty()) return Optional.empty();
		final String found = String.join(" and ", old);
		if (loader.getResource(FIJI) == null) return Optional.of("Nuclei4J needs Java " + JAVA + " or later, but here is " + found +
			": download the newest ImageJ, which brings a newer Java, from https://imagej.net/ij/download.html, and unpack the " +
			"whole installation zip into its folder.");
		return Optional.of("Nuclei4J needs Fiji of December 2024 or later and Java " + JAVA + " or later, but here is " + found +
			": use Help > Update..., or download the newest Fiji from https://fiji.sc.");
	}

	private static int release(final String java) {
		final String[] parts = (java.startsWith("1.") ? java.substring(2) : java).split("[^0-9]", 2);
		return parts[0].isEmpty() ? JAVA : Integer.parseInt(parts[0]);
	}

	/** False if there is none at all, which is another fault than an old one. */
	private static boolean isOldImgLib(final ClassLoader loader) {
		try {
			final Class<?> image = Class.forName("net.imglib2.RandomAccessibleInterval", false, loader);
			image.getMethod("getType");
			return false;
		}
		catch (final NoSuchMethodException e) {
			return true;
		}
		catch (final ClassNotFoundException | LinkageError e) {
			return false;
		}
	}
}
