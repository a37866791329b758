package io.github.nuclei4j.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;

/**
 * In Fiji: reads a macro line as plain ImageJ does, with the same errors, because Fiji ignores keys that it doesn't know.
 * Inputs that the line omits keep their defaults; otherwise Fiji would open the dialog for them and the macro would wait.
 * <p>
 * It comes after what reads the macro's keys, and before what opens dialogs. A line without any options does open it.
 * </p>
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.LOW)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Parameter(required = false)
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof NucleiCommand)) return;
		final NucleiCommand command = (NucleiCommand) module.getDelegateObject();
		final MacroCall call = command.call() == null ? MacroCall.of(module, threads) : command.call();
		command.attempt(() -> call.apply(module, command));
		if (!call.isMacro()) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) module.resolveInput(input.getName());
	}
}
