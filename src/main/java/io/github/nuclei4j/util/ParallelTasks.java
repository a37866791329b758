package io.github.nuclei4j.util;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * Does things that are independent of each other at the same time, on the thread that asks and those that all of Java's
 * parallel work shares: never on more than there are processors, however many ask.
 */
public final class ParallelTasks {

	/** Something to do. */
	@FunctionalInterface
	public interface Action {

		void run() throws IOException;
	}

	private ParallelTasks() {}

	/**
	 * Does everything, and waits for it; also where something fails.
	 *
	 * @param actions the first is done by the caller, the last by whoever is free first
	 * @throws IOException as any failure of an action: that of the first in the list that failed, others suppressed in it
	 */
	public static void run(final List<Action> actions) throws IOException {
		final Throwable[] failures = new Throwable[actions.size()];
		final List<ForkJoinTask<?>> tasks = new ArrayList<>();
		for (int i = 0; i < failures.length; i++) {
			final int index = i;
			tasks.add(ForkJoinTask.adapt(() -> attempt(actions.get(index), failures, index)));
		}
		ForkJoinTask.invokeAll(tasks);
		Throwable first = null;
		for (final Throwable failure : failures) {
			if (failure == null) continue;
			if (first == null) first = failure;
			else if (failure != first) first.addSuppressed(failure);
		}
		if (first instanceof IOException) throw (IOException) first;
		if (first instanceof Error) throw (Error) first;
		if (first != null) throw (RuntimeException) first;
	}

	private static void attempt(final Action action, final Throwable[] failures, final int index) {
		try {
			action.run();
		}
		catch (final IOException | RuntimeException | Error e) {
			failures[index] = e;
		}
	}
}
