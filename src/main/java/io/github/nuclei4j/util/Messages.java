package io.github.nuclei4j.util;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns failures into sentences a person can act on. */
public final class Messages {

	/** What systems say of files, and what that means and what to do. */
	private static final Map<Pattern, String> FILES = new LinkedHashMap<>();

	/** What JavaCPP, the network's libraries and Java say when memory outside Java's heap runs out. */
	private static final Pattern NATIVE_MEMORY = Pattern.compile(
		"physicalBytes|Failed to allocate memory|Cannot allocate new |native thread|direct buffer", Pattern.CASE_INSENSITIVE);

	static {
		FILES.put(Pattern.compile("No space left on device|There is not enough space on the disk|Disk quota exceeded|" +
			"File too large"), "the disk is full. Free some space or use a folder on another disk, then run it again.");
		FILES.put(Pattern.compile("Read-only file system"), "nothing can be written there (read-only). Use another folder.");
		FILES.put(Pattern.compile("Is a directory"), "there is a folder of that name. Remove it or choose another name.");
		FILES.put(Pattern.compile("Not a directory"), "a part of its path is a file, not a folder. Use another folder.");
		FILES.put(Pattern.compile("File name too long"), "the name is too long. Give the file a shorter one.");
		FILES.put(Pattern.compile("Operation not permitted"),
			"it is protected from changes. Change its permissions or use another folder.");
		FILES.put(Pattern.compile("Too many levels of symbolic links"), "it is a link that leads nowhere. Remove it.");
		FILES.put(Pattern.compile("Input/output error|Stale file handle|Transport endpoint is not connected"),
			"the disk or network folder does not answer as it should. Check it, then run it again.");
	}

	/** Most characters of a text from a file that a message repeats. */
	private static final int MOST_QUOTED = 100;

	private Messages() {}

	/** A text from a file or a macro as messages repeat it: on one line, and shortened if it is long. */
	public static String quoted(final String text) {
		final String line = text.replaceAll("\\p{Cntrl}+", " ");
		return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "... (" + line.length() + " characters)";
	}

	/** What to do about a file's name that Java can't read or write under the system's language setting. */
	public static String unmappable(final String file) {
		return "The name of the file '" + quoted(file) + "' has letters that this system's language setting lacks. Rename the file, " +
			"or set the language before the program's start (on Linux: LC_ALL=C.UTF-8).";
	}

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

	/** What keeps a file from being written, without its name, and what to do; as the end of a sentence. */
	public static String reason(final IOException failure) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			final String known = known(t.getMessage());
			if (known != null) return known;
		}
		if (failure instanceof AccessDeniedException) {
			return "there is no permission. Change the folder's permissions or use another folder.";
		}
		if (failure instanceof FileAlreadyExistsException) {
			return "there is a file of that name. Remove it or choose another name.";
		}
		if (failure instanceof NoSuchFileException) return "its folder is gone, or was moved. Run it again.";
		final String message = failure instanceof FileSystemException ? ((FileSystemException) failure).getReason() : failure
			.getMessage();
		return message == null || message.trim().isEmpty() ? failure.getClass().getSimpleName() : message;
	}

	/** Whether it was memory outside Java's heap that was lacking. */
	public static boolean isNative(final OutOfMemoryError failure) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			if (t.getMessage() != null && NATIVE_MEMORY.matcher(t.getMessage()).find()) return true;
		}
		return false;
	}

	private static String known(final String message) {
		if (message == null) return null;
		for (final Map.Entry<Pattern, String> file : FILES.entrySet()) {
			if (file.getKey().matcher(message).find()) return file.getValue();
		}
		return null;
	}

	private static String text(final Throwable failure) {
		final String message = failure.getMessage();
		if (failure instanceof OutOfMemoryError) return memory((OutOfMemoryError) failure);
		// their messages are nothing but the path
		if (failure instanceof NoSuchFileException) return "There is no file " + message + ".";
		if (failure instanceof AccessDeniedException) {
			return "No permission to read or write " + message + ". Change its permissions or use another folder.";
		}
		if (failure instanceof FileSystemException) {
			final FileSystemException file = (FileSystemException) failure;
			return "Cannot read or write " + (file.getOtherFile() == null ? file.getFile() : file.getOtherFile()) + ": " + reason(
				file);
		}
		if (message == null || message.trim().isEmpty()) return failure.getClass().getSimpleName();
		// of a bare write or read Java says no more than the system
		final String known = failure instanceof IOException ? known(message) : null;
		if (known != null) return message + ": " + known;
		final boolean selfExplaining = failure instanceof IOException || failure instanceof IllegalArgumentException ||
			failure instanceof IllegalStateException || failure instanceof UnsupportedOperationException ||
			failure instanceof java.util.concurrent.CancellationException;
		return selfExplaining ? message : failure.getClass().getSimpleName() + ": " + message;
	}

	private static String memory(final OutOfMemoryError failure) {
		final long most = Runtime.getRuntime().maxMemory() >> 20;
		if (isNative(failure)) {
			return String.format(Locale.ROOT, "Not enough memory outside Java's heap, where networks run (%s). Close other " +
				"programs. If the computer has more, allow it: -Xmx8g before the program's name (now %d MB) allows 8 GB for " +
				"each, and -Dorg.bytedeco.javacpp.maxbytes=8g with -Dorg.bytedeco.javacpp.maxphysicalbytes=16g networks alone.",
				failure.getMessage(), most);
		}
		final String message = failure.getMessage();
		// this program's own errors tell more than Java's
		if (message != null && message.contains("-Xmx")) return message;
		return String.format(Locale.ROOT, "Not enough memory: Java may use %d MB. Give it more, for example with " +
			"-Xmx8g before the program's name.", most);
	}
}
