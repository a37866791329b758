package io.github.nuclei4j.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.RemainingTime;

/**
 * Shows progress on one line of a terminal (nothing if there is none), and turns Ctrl-C, or a polite kill, into a
 * cancellation: the machine waits until the work has come to its end in good order, so {@link #close()} must be called
 * then.
 */
final class TerminalProgress implements Progress, AutoCloseable {

	/** How long the end of the virtual machine is held up for the work to stop. */
	private static final long PATIENCE_SECONDS = 120;

	private static final long REFRESH_NANOS = 100_000_000L;

	private final PrintWriter terminal;
	private final boolean visible;
	private final CountDownLatch done = new CountDownLatch(1);
	private final Thread hook = new Thread(this::stop, "nuclei4j-stop");
	private final RemainingTime time = new RemainingTime();
	private volatile boolean canceled;
	private String line = "";
	private long shown = System.nanoTime() - REFRESH_NANOS;

	/** @param visible whether to show anything, see {@link #isTerminal()} */
	TerminalProgress(final PrintWriter terminal, final boolean visible) {
		this.terminal = terminal;
		this.visible = visible;
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** Whether the program is used from a terminal, by a person, rather than with its output sent elsewhere. */
	static boolean isTerminal() {
		final Console console = System.console();
		if (console == null) return false;
		try {
			// since Java 22 there is a console even without a terminal, and a method to ask
			return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (final ReflectiveOperationException e) {
			return true;
		}
	}

	@Override
	public synchronized void update(final double fraction, final String message) {
		if (!visible || System.nanoTime() - shown < REFRESH_NANOS) return;
		final int percent = (int) Math.round(100 * Math.max(0, Math.min(1, fraction)));
		final String left = time.left(fraction);
		show(String.format(Locale.ROOT, "%3d%% %s", percent, message) + (left.isEmpty() ? "" : ", " + left));
		shown = System.nanoTime();
	}

	/** Takes the line away, so that something else can be printed. */
	synchronized void clear() {
		if (!line.isEmpty()) show("");
	}

	@Override
	public boolean isCanceled() {
		return canceled;
	}

	/** Asks the work to stop. */
	void cancel() {
		canceled = true;
	}

	/** Takes the line away and lets the virtual machine end. */
	@Override
	public void close() {
		clear();
		done.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// the machine is ending already, and its hook has been let go
			canceled = true;
		}
	}

	private void show(final String next) {
		final StringBuilder text = new StringBuilder("\r").append(next);
		for (int i = next.length(); i < line.length(); i++) text.append(' ');
		if (next.isEmpty()) text.append('\r');
		terminal.print(text);
		terminal.flush();
		line = next;
	}

	private void stop() {
		cancel();
		try {
			done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
