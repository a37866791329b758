package io.github.nuclei4j.batch;

import java.util.Locale;

import ij.ImagePlus;

/**
 * Lets several images be worked on at the same time as long as they fit into memory together; one alone always may. Safe to
 * use from several threads.
 */
final class MemoryBudget {

	/** What segmenting, measuring and painting a pixel of a plane takes at most, bytes. */
	private static final long PER_PIXEL = 90;
	/** What the results of each further plane take, bytes a pixel. */
	private static final long PER_STACKED_PIXEL = 10;

	private final long bytes;
	private long used;
	private int users;

	/** Of the Java heap's upper limit, less what is needed for all else. */
	MemoryBudget() {
		this(Runtime.getRuntime().maxMemory() * 2 / 3);
	}

	MemoryBudget(final long bytes) {
		this.bytes = bytes;
	}

	/** What work on the image needs, bytes. */
	static long need(final ImagePlus image) {
		return need((long) image.getWidth() * image.getHeight(), image.getStackSize());
	}

	/** What work on an image of so many planes, of so many pixels each, needs in memory, bytes. */
	static long need(final long pixels, final long planes) {
		return pixels * (PER_PIXEL + PER_STACKED_PIXEL * (planes - 1));
	}

	/** What the pixels of an image alone take at most, bytes. */
	static long pixelBytes(final long pixels, final long planes) {
		return Integer.BYTES * pixels * planes;
	}

	/** Whether work that needs so many bytes can be done in memory. */
	boolean fits(final long need) {
		return need <= bytes;
	}

	/** All there is, bytes. */
	long all() {
		return bytes;
	}

	/** The error that says how much heap an image needs. */
	static OutOfMemoryError tooLarge(final ImagePlus image, final OutOfMemoryError failure) {
		final long has = Runtime.getRuntime().maxMemory() >> 20;
		// results and image, and what Java needs to move about in
		final long wanted = Math.max(has + has / 2, (need(image) + pixelBytes((long) image.getWidth() * image.getHeight(), image
			.getStackSize())) * 3 / 2 >> 20);
		final OutOfMemoryError told = new OutOfMemoryError(String.format(Locale.ROOT, "Not enough memory: segmenting %d x %d " +
			"pixels%s takes about %d MB of Java's heap, and Java may use %d MB. Give it more, with -Xmx%dm before the program's " +
			"name (in Fiji: Edit > Options > Memory & Threads...), or cut the image into parts.", image.getWidth(), image
				.getHeight(), image.getStackSize() > 1 ? " in " + image.getStackSize() + " planes" : "", wanted, has, wanted));
		told.initCause(failure);
		return told;
	}

	/**
	 * Waits until there is room.
	 *
	 * @throws InterruptedException if interrupted meanwhile; then nothing was taken
	 */
	synchronized void take(final long need) throws InterruptedException {
		while (users > 0 && used + need > bytes) wait();
		used += need;
		users++;
	}

	/** Gives back what was taken. */
	synchronized void giveBack(final long need) {
		used -= need;
		users--;
		notifyAll();
	}
}
