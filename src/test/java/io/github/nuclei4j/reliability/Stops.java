package io.github.nuclei4j.reliability;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.nuclei4j.util.Progress;

/** Progress that is cancelled when it is asked for the so-and-so-manieth time whether to stop. */
public final class Stops implements Progress {

	private final AtomicInteger left;

	/** @param questions that are answered with no, before all others are answered with yes */
	public Stops(final int questions) {
		left = new AtomicInteger(questions);
	}

	@Override
	public void update(final double fraction, final String message) {
		// nobody listens
	}

	@Override
	public boolean isCanceled() {
		return left.getAndUpdate(n -> Math.max(-1, n - 1)) <= 0;
	}

	/** Whether any question was answered with yes. */
	public boolean stopped() {
		return left.get() < 0;
	}
}
