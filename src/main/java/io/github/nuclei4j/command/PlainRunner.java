package io.github.nuclei4j.command;

import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.module.MethodCallException;
import org.scijava.module.MethodRef;
import org.scijava.plugin.Plugin;

import ij.Macro;
import ij.plugin.frame.Recorder;

/** What SciJava's framework does with a command in Fiji, for plain ImageJ: create, initialise, ask, record, run. */
final class PlainRunner {

	private PlainRunner() {}

	/**
	 * Runs a command with the options of the running macro, or with those the user enters into its dialog.
	 *
	 * @param className of a command with a constructor without arguments
	 */
	static void run(final String className) throws ReflectiveOperationException {
		final Class<?> type = Class.forName(className);
		final Command command = (Command) type.getDeclaredConstructor().newInstance();
		try (Context context = PlainServices.context()) {
			run(command, context);
		}
	}

	private static void run(final Command command, final Context context) {
		if (prepare(command, context)) command.run();
	}

	/** Gives a command its inputs; false if it was canceled, or can't run with them. */
	static boolean prepare(final Command command, final Context context) {
		context.inject(command);
		try {
			final CommandParameters parameters = CommandParameters.of(command.getClass());
			final Map<CommandParameter, Object> defaults = new LinkedHashMap<>();
			parameters.values().forEach(parameter -> defaults.put(parameter, parameter.get(command)));
			initialize(command);
			if (isCanceled(command)) return false;
			// what was filled in is for the dialog, never for a macro
			if (Macro.getOptions() != null) defaults.forEach((parameter, value) -> parameter.set(command, value));
			if (ask(command)) return true;
			// the macro or plugin whose run() this is; from the menu, a macro that waits on another thread would end
			if (Thread.currentThread().getName().startsWith(MacroCall.RUNS)) Macro.abort();
		}
		catch (final IllegalArgumentException e) {
			UserMessage.error(title(command.getClass()), e.getMessage(), context.getService(LogService.class), CallingMacro.here());
		}
		return false;
	}

	/** The last part of the command's menu path, without dots. */
	static String title(final Class<?> command) {
		final String path = command.getAnnotation(Plugin.class).menuPath();
		return path.substring(path.lastIndexOf('>') + 1).replace("...", "").trim();
	}

	private static void initialize(final Command command) {
		final String method = command.getClass().getAnnotation(Plugin.class).initializer();
		if (method.isEmpty()) return;
		try {
			new MethodRef(command.getClass(), method).execute(command);
		}
		catch (final MethodCallException e) {
			throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
		}
	}

	private static boolean ask(final Command command) {
		final CommandParameters parameters = CommandParameters.of(command.getClass());
		final String options = Macro.getOptions();
		if (options != null) parameters.setFromMacro(command, options);
		else if (!parameters.all().isEmpty() && !CommandDialog.edit(command)) return false;
		if (Recorder.record && (options == null || Recorder.recordInMacros)) parameters.record(command);
		return true;
	}

	private static boolean isCanceled(final Command command) {
		return command instanceof Cancelable && ((Cancelable) command).isCanceled();
	}
}
