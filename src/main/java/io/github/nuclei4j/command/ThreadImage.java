package io.github.nuclei4j.command;

import java.lang.reflect.Field;
import java.util.Hashtable;
import java.util.Map;

import org.scijava.thread.ThreadService;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

/**
 * The image that ImageJ takes as current on a thread, for a command on one of SciJava's pooled threads: while it runs, the
 * thread has the image of its caller, such as a macro's thread; afterwards it has what it had before.
 * <p>
 * Without this, an image that a command opened in batch mode would stay current on the pooled thread, and the next command
 * that happens to be run there would take it, closed or not.
 * </p>
 */
final class ThreadImage {

	private final Thread thread = Thread.currentThread();
	private final ImagePlus before = WindowManager.getTempCurrentImage();
	private final ImagePlus lent;
	private final Thread caller;
	private final boolean isOfMacro;
	private boolean isBack;

	private ThreadImage(final ThreadService threads, final boolean isPooled) {
		caller = threads.getParent(thread);
		isOfMacro = MacroCall.macro(threads) != null;
		final ImagePlus called = of(threads);
		lent = called != null || isPooled ? called : before;
		WindowManager.setTempCurrentImage(lent);
	}

	/**
	 * Gives this thread the image of the thread that it works for.
	 *
	 * @param isPooled whether an image of this thread's own can only be a leftover
	 * @return null if it works for none
	 */
	static ThreadImage lend(final ThreadService threads, final boolean isPooled) {
		return threads == null || threads.getParent(Thread.currentThread()) == null ? null : new ThreadImage(threads, isPooled);
	}

	/**
	 * The open image of the nearest thread that has one: the caller, its caller, and so on; else the one that is active in the
	 * batch mode of the calling macro; null if there is none.
	 */
	private ImagePlus of(final ThreadService threads) {
		final Map<?, ?> images = images();
		for (final Thread ancestor : MacroCall.callers(threads)) {
			final Object image = ancestor == thread ? null : images.get(ancestor);
			if (image != null && !CurrentImage.isClosed((ImagePlus) image)) return (ImagePlus) image;
		}
		return isOfMacro && Interpreter.isBatchMode() ? Interpreter.getLastBatchModeImage() : null;
	}

	/** ImageJ has no method for another thread's image. */
	private static Map<?, ?> images() {
		try {
			final Field table = WindowManager.class.getDeclaredField("tempImageTable");
			table.setAccessible(true);
			return (Hashtable<?, ?>) table.get(null);
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			return new Hashtable<>();
		}
	}

	/**
	 * Gives the thread back what it had. What the command opened becomes current for the macro that called it, as it does in
	 * plain ImageJ, where both have one thread.
	 */
	synchronized void giveBack() {
		if (isBack) return;
		isBack = true;
		final Object now = images().get(thread);
		WindowManager.setTempCurrentImage(thread, before);
		if (now != null && now != lent && isOfMacro) {
			WindowManager.setTempCurrentImage(caller, (ImagePlus) now);
		}
	}
}
