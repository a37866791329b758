package io.github.nuclei4j.command;

import ij.macro.Interpreter;

/**
 * The macro that a thread works for. ImageJ knows only the macro that was started last, on whichever thread: a command that the
 * user chooses from the menu while a macro waits is no part of it.
 */
final class CallingMacro {

	private CallingMacro() {}

	/** The running macro if its interpreter called what this thread does; null if not. */
	static Interpreter here() {
		return on(Thread.currentThread());
	}

	/** The running macro if its interpreter has called what a thread does or waits for; null if not. */
	static Interpreter on(final Thread thread) {
		final Interpreter macro = Interpreter.getInstance();
		return macro != null && has(thread, Interpreter.class.getName()) ? macro : null;
	}

	/** Whether a method of a class is in a thread's calls. */
	static boolean has(final Thread thread, final String className) {
		for (final StackTraceElement call : thread.getStackTrace()) if (call.getClassName().equals(className)) return true;
		return false;
	}
}
