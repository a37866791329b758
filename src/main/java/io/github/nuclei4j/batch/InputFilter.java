package io.github.nuclei4j.batch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Chooses files by their names, whatever the letters' case. */
final class InputFilter {

	private static final String REGEX = "regex:";
	private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

	private InputFilter() {}

	/**
	 * The files that a text means: all if it is empty; with {@code *}, <code>?</code>, {@code [ab]} or <code>{tif,png}</code>
	 * those whose whole name fits; after {@code regex:} those in whose name the regular expression is found; else those whose
	 * name contains the text.
	 *
	 * @throws IllegalArgumentException if the pattern is not a correct one
	 */
	static Predicate<Path> of(final String filter) {
		final String text = filter.trim();
		if (text.isEmpty()) return file -> true;
		try {
			if (text.startsWith(REGEX)) {
				final Pattern pattern = Pattern.compile(text.substring(REGEX.length()), Pattern.CASE_INSENSITIVE |
					Pattern.UNICODE_CASE);
				return file -> pattern.matcher(file.getFileName().toString()).find();
			}
			final String lower = text.toLowerCase(Locale.ROOT);
			if (!WILDCARD.matcher(text).find()) return file -> lowerName(file).contains(lower);
			final PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + lower);
			return file -> matcher.matches(file.getFileSystem().getPath(lowerName(file)));
		}
		catch (final PatternSyntaxException e) {
			throw new IllegalArgumentException("The filter '" + filter + "' is not a correct pattern (" + e.getDescription() +
				"). Examples: *.tif, *_dapi.{tif,png}, dapi, regex:_w1.*\\.tif$");
		}
	}

	private static String lowerName(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT);
	}
}
