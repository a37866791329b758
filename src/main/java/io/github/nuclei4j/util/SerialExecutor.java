package io.github.nuclei4j.util;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A thread on which native work is done one after the other, whoever asks for it: native libraries keep work memory and
 * pools of threads for every thread that calls them.
 */
public final class SerialExecutor {

	private final ExecutorService executor;
	private volatile Thread thread;

	/**
	 * @param name of the thread
	 */
	public SerialExecutor(final String name) {
		executor = Executors.newSingleThreadExecutor(task -> {
			thread = new Thread(task, name);
			thread.setDaemon(true);
			thread.setContextClassLoader(SerialExecutor.class.getClassLoader());
			return thread;
		});
	}

	/**
	 * Does work on the thread and waits for it, even if interrupted: the work would otherwise go on with memory that the
	 * caller frees. On the thread itself it is done at once.
	 *
	 * @param work to be done
	 * @throws RuntimeException what the work threw
	 * @throws IllegalStateException if the work threw a checked exception
	 */
	public <T> T call(final Callable<T> work) {
		if (Thread.currentThread() == thread) return done(work);
		final Future<T> future = executor.submit(work);
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return future.get();
				}
				catch (final InterruptedException e) {
					interrupted = true;
				}
				catch (final ExecutionException e) {
					throw unchecked(e.getCause());
				}
			}
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	private static <T> T done(final Callable<T> work) {
		try {
			return work.call();
		}
		catch (final Exception e) {
			throw unchecked(e);
		}
	}

	private static RuntimeException unchecked(final Throwable cause) {
		if (cause instanceof Error) throw (Error) cause;
		if (cause instanceof RuntimeException) return (RuntimeException) cause;
		return new IllegalStateException("Native work failed: " + cause, cause);
	}

	/** Lets the thread end after the work that waits for it. */
	public void end() {
		executor.shutdown();
	}

	/** Whether it was told to end; then it takes no more work. */
	public boolean isEnded() {
		return executor.isShutdown();
	}
}
