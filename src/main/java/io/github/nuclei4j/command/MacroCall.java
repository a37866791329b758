package io.github.nuclei4j.command;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.thread.ThreadService;

import ij.Executer;
import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;

/**
 * How Fiji called a command: by a macro line, {@code run(command, options)}, whose options belong to the thread that waits;
 * by a program, with inputs; or from the menu. Taken down before anything fills in inputs.
 */
final class MacroCall {

	/** How ImageJ begins the names of threads that run commands. */
	static final String RUNS = "Run$_";

	private final String options;
	private final Map<String, Object> values = new LinkedHashMap<>();
	private final Set<String> given = new HashSet<>();

	private MacroCall(final String options) {
		this.options = options;
	}

	/**
	 * This thread and those that wait for it, the nearest first.
	 *
	 * @param threads may be null: then it is this thread alone
	 */
	static List<Thread> callers(final ThreadService threads) {
		final Set<Thread> callers = new LinkedHashSet<>();
		// a pooled thread may be its own ancestor
		for (Thread thread = Thread.currentThread(); thread != null && callers.add(thread);) {
			thread = threads == null ? null : threads.getParent(thread);
		}
		return new ArrayList<>(callers);
	}

	/** The macro that waits for what this thread does; null if none does. */
	static Interpreter macro(final ThreadService threads) {
		return callers(threads).stream().map(CallingMacro::on).filter(Objects::nonNull).findFirst().orElse(null);
	}

	/** Whether ImageJ's menu, or a macro or plugin by ImageJ's {@code run}, called what this thread does. */
	static boolean isByImageJ(final ThreadService threads) {
		return callers(threads).stream().anyMatch(thread -> CallingMacro.has(thread, Executer.class.getName()));
	}

	/** @param threads may be null: then only options of this thread are found */
	static MacroCall of(final Module module, final ThreadService threads) {
		final MacroCall call = new MacroCall(IJ.isMacro() ? options(threads) : null);
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			call.values.put(input.getName(), module.getInput(input.getName()));
			if (module.isInputResolved(input.getName())) call.given.add(input.getName());
		}
		return call;
	}

	/** Options of a macro that called a script, which then called the command, are not the command's. */
	private static String options(final ThreadService threads) {
		final Thread thread = Thread.currentThread();
		final Thread caller = threads == null ? null : threads.getParent(thread);
		try {
			final Field field = Macro.class.getDeclaredField("table");
			field.setAccessible(true);
			final Map<?, ?> table = (Hashtable<?, ?>) field.get(null);
			final Object own = thread.getName().startsWith(RUNS) ? table.get(thread) : null;
			return (String) (own == null && caller != null && caller.getName().startsWith(RUNS) ? table.get(caller) : own);
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			return Macro.getOptions();
		}
	}

	/** Whether a macro line with options called the command. */
	boolean isMacro() {
		return options != null && given.isEmpty();
	}

	/**
	 * Gives a command the values of the macro line, and the defaults for those that it omits; or what the calling program
	 * gave. What was filled in for a dialog is replaced.
	 *
	 * @throws IllegalArgumentException if a key is unknown or a value not allowed
	 */
	void apply(final Module module, final NucleiCommand command) {
		values.forEach((name, value) -> {
			final boolean isInput = CommandParameters.of(command.getClass()).values().stream().anyMatch(parameter -> parameter.key()
				.equals(name));
			if (isInput && (isMacro() || given.contains(name))) module.setInput(name, value);
		});
		if (isMacro()) CommandParameters.of(command.getClass()).setFromMacro(command, options);
	}
}
