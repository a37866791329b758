package io.github.nuclei4j.util;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import ij.ImagePlus;

/** Tells before an image is opened whether Java's heap has room for its pixels, and how much more it needs. */
public final class HeapRoom {

	private HeapRoom() {
		// static methods only
	}

	/**
	 * Checks that there is room.
	 *
	 * @param image what it is for
	 * @param bytes of its pixels
	 * @throws OutOfMemoryError that says how much memory to give, if there isn't
	 */
	public static void require(final String image, final long bytes) {
		if (bytes <= free()) return;
		System.gc();
		if (bytes > free()) throw lacking(image, bytes);
	}

	/** Bytes of an image's pixels. */
	static long bytes(final ImagePlus image) {
		return (long) image.getStackSize() * image.getWidth() * image.getHeight() * image.getBytesPerPixel();
	}

	/** The error that says how much memory an image needs. */
	static OutOfMemoryError lacking(final String image, final long bytes) {
		final long most = Runtime.getRuntime().maxMemory() >> 20;
		final long wanted = Math.max(most + most / 2, (bytes >> 20) * 2 + 512);
		return new OutOfMemoryError(String.format(Locale.ROOT, "Not enough memory: opening '%s' takes %d MB, and " +
			"Java may use %d MB. Give it at least -Xmx%dm before the program's name (in Fiji: Edit > Options > Memory & " +
			"Threads...), or cut the image into parts.", image, (bytes >> 20) + 1, most, wanted));
	}

	/**
	 * Tells what memory it takes to open an image, if it was for lack of memory that it couldn't be opened; otherwise does
	 * nothing.
	 *
	 * @throws OutOfMemoryError if a cause of the failure is one
	 */
	public static void rethrow(final Path file, final Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (!(cause instanceof OutOfMemoryError)) continue;
			if (cause.getMessage() != null && cause.getMessage().contains("-Xmx")) throw (OutOfMemoryError) cause;
			final OutOfMemoryError told = lacking(file.toString(), decodedBytes(file));
			told.initCause(failure);
			throw told;
		}
	}

	/** What the pixels of a picture take, by its header; 0 if that can't be told. */
	private static long decodedBytes(final Path file) {
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) return 0;
			final ImageReader reader = readers.next();
			reader.setInput(in);
			// as colours, once as they are read and once as ImageJ's
			return 2L * Integer.BYTES * reader.getWidth(0) * reader.getHeight(0);
		}
		catch (final IOException | RuntimeException e) {
			return 0;
		}
	}

	private static long free() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - java.totalMemory() + java.freeMemory();
	}
}
