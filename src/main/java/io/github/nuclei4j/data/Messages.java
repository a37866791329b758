package io.github.nuclei4j.data;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns failures into sentences a person can act on. */
public final class Messages {

	/** What systems say when a disk, or a user's share of it, is full. */
	private static final Pattern DISK_FULL = Pattern.compile(
		"No space left on device|There is not enough space on the disk|Disk quota exceeded|File too large");

	private Messages() {}

	/** What went wrong, on one line. */
	public static String of(final Throwable failure) {
		return text(failure).replaceAll("\\s*\\R\\s*", " ");
	}

	/** Where a failure and its causes arose, on many lines. */
	public static String trace(final Throwable failure) {
		final StringBuilder text = new StringBuilder();
		for (Throwable t = failure; t != null; t = t.getCause()) {
			text.append(t == failure ? "" : "Caused by: ").append(t).append(System.lineSeparator());
			for (final StackTraceElement element : t.getStackTrace()) {
				text.append("    at ").append(element).append(System.lineSeparator());
			}
		}
		return text.toString();
	}

	private static String text(final Throwable failure) {
		final String message = failure.getMessage();
		if (failure instanceof OutOfMemoryError) {
			return String.format(Locale.ROOT, "Not enough memory: Java may use %d MB. Give it more, for example with " +
				"-Xmx8g before the program's name.", Runtime.getRuntime().maxMemory() >> 20);
		}
		// their messages are nothing but the path
		if (failure instanceof NoSuchFileException) return "There is no file " + message + ".";
		if (failure instanceof AccessDeniedException) {
			return "No permission to read or write " + message + ". Change its permissions or use another folder.";
		}
		if (failure instanceof java.io.IOException && message != null && DISK_FULL.matcher(message).find()) {
			return "The disk is full (" + message + "). Free some space or use a folder on another disk, then run it again.";
		}
		if (failure instanceof java.io.IOException && message != null && message.contains("Read-only file system")) {
			return "Nothing can be written there (" + message + "). Use another folder.";
		}
		if (message == null || message.trim().isEmpty()) return failure.getClass().getSimpleName();
		final boolean selfExplaining = failure instanceof java.io.IOException ||
			failure instanceof IllegalArgumentException || failure instanceof IllegalStateException ||
			failure instanceof UnsupportedOperationException ||
			failure instanceof java.util.concurrent.CancellationException;
		return selfExplaining ? message : failure.getClass().getSimpleName() + ": " + message;
	}
}
