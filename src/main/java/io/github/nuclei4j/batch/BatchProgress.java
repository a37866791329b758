package io.github.nuclei4j.batch;

import io.github.nuclei4j.util.Progress;

/**
 * Adds up the progress of images that are worked on at the same time, and says which image it is at. Safe to use from several threads.
 */
final class BatchProgress {

	private final Progress whole;
	private final double[] done;
	private double sum;

	/**
	 * @param whole told the share of all images
	 * @param count number of images
	 */
	BatchProgress(final Progress whole, final int count) {
		this.whole = whole;
		done = new double[count];
	}

	/** The progress of one image. */
	Progress image(final int index) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				whole.update(share(index, fraction), "Image " + (index + 1) + " of " + done.length + ": " + message);
			}

			@Override
			public boolean isCanceled() {
				return whole.isCanceled();
			}
		};
	}

	private synchronized double share(final int index, final double fraction) {
		sum += fraction - done[index];
		done[index] = fraction;
		return sum / done.length;
	}
}
