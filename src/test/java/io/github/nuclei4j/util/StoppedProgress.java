package io.github.nuclei4j.util;

/** Canceled after it was asked for a number of times. */
public final class StoppedProgress implements Progress {

	private int left;

	/** @param left how many times it says that the work may go on */
	public StoppedProgress(final int left) {
		this.left = left;
	}

	@Override
	public void update(final double fraction, final String message) {
		// only cancels
	}

	@Override
	public synchronized boolean isCanceled() {
		return left-- <= 0;
	}
}
