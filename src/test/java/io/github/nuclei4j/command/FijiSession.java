package io.github.nuclei4j.command;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

import ij.Macro;
import ij.macro.Interpreter;

/**
 * A SciJava context in which macros run commands as in Fiji: on pooled threads, with the macro's thread waiting. What Fiji
 * changes in ImageJ's own classes is missing, so macros call {@link #run(String, String)}.
 */
public final class FijiSession implements AutoCloseable {

	/** The context of the session that is open. */
	static Context context() {
		return context;
	}

	/** The way to {@link #run(String, String)} for macros. */
	static final String RUN = FijiSession.class.getName() + ".run";

	private static Context context;
	private static Command latest;

	FijiSession() {
		context = new Context(CommandService.class, StatusService.class);
	}

	/** Called by macros: runs a command with macro options; returns why it was canceled, or an empty text. */
	public static String run(final String label, final String options) throws Exception {
		for (final Class<?> type : CommandMenuTest.commands()) {
			if (!MacroSession.label(type).equals(label)) continue;
			latest = asMacroLine(options, () -> context.service(CommandService.class).run(type.asSubclass(Command.class), true));
			final String reason = ((NucleiCommand) latest).getCancelReason();
			return reason == null ? "" : reason;
		}
		throw new IllegalArgumentException(label);
	}

	/** Calls a command as ImageJ's {@code IJ.run} does, which gives the thread a name and options. */
	static Command asMacroLine(final String options, final Callable<Future<? extends Module>> call) throws Exception {
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		thread.setName("Run$_" + name);
		Macro.setOptions(options);
		try {
			return (Command) call.call().get().getDelegateObject();
		}
		finally {
			Macro.setOptions(null);
			thread.setName(name);
		}
	}

	/** The command that ran last. */
	static Command latest() {
		return latest;
	}

	/** Runs a macro and gives what it returns, or its error. */
	static String result(final String macro) {
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		final String result = interpreter.run(macro, "");
		return interpreter.getErrorMessage() == null ? result : interpreter.getErrorMessage();
	}

	/** The macro text that runs a command. */
	static String call(final String label, final String options) {
		return "call('" + RUN + "', '" + label + "', '" + options + "')";
	}

	@Override
	public void close() {
		context.dispose();
	}
}
