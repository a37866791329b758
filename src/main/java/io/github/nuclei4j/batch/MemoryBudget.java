package io.github.nuclei4j.batch;

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
