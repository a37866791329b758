package io.github.nuclei4j.util;

import java.util.concurrent.CancellationException;

/**
 * Where long work reports how far it is and learns that it should stop: a status bar, a terminal, or nothing.
 * Implementations must be safe to call from any thread.
 */
public interface Progress {

	/** Reports nowhere and never cancels. */
	Progress NONE = new Progress() {

		@Override
		public void update(final double fraction, final String message) {
			// nobody listens
		}

		@Override
		public boolean isCanceled() {
			return false;
		}
	};

	/**
	 * Tells how far the work is.
	 *
	 * @param fraction done so far, 0 to 1
	 * @param message what is being done, for a person
	 */
	void update(double fraction, String message);

	/** Whether the user asked to stop. */
	boolean isCanceled();

	/**
	 * To be called between units of work.
	 *
	 * @throws CancellationException if the user asked to stop
	 */
	default void checkCanceled() {
		if (isCanceled()) throw new CancellationException("Canceled by the user.");
	}

	/** This progress for a part of the work that runs from {@code from} to {@code to} (0 to 1) of the whole. */
	default Progress part(final double from, final double to) {
		final Progress whole = this;
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				whole.update(from + (to - from) * fraction, message);
			}

			@Override
			public boolean isCanceled() {
				return whole.isCanceled();
			}
		};
	}

	/** This progress with something added to the end of its messages. */
	default Progress naming(final String ending) {
		final Progress whole = this;
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				whole.update(fraction, message + ending);
			}

			@Override
			public boolean isCanceled() {
				return whole.isCanceled();
			}
		};
	}
}
