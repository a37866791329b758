package io.github.nuclei4j.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;
import org.scijava.ui.UIService;

/**
 * In Fiji: opens our dialog in place of the generated one, if an input is not resolved. It comes after what reads a macro's
 * keys and before what opens dialogs; the values are recorded by Fiji.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_LOW + 1)
public final class DialogPreprocessor extends AbstractPreprocessorPlugin {

	/** Null where there is no user interface. */
	@Parameter(required = false)
	private UIService ui;

	@Parameter(required = false)
	private ThreadService threads;

	/** For SciJava, which puts in the user interface. */
	public DialogPreprocessor() {}

	DialogPreprocessor(final UIService ui) {
		this.ui = ui;
	}

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof NucleiCommand) || ui == null || ui.isHeadless()) return;
		// while a macro of the command line runs, Fiji's window is not shown yet
		if (!ui.isVisible() && !MacroCall.isByImageJ(threads)) return;
		final Class<?> command = module.getDelegateObject().getClass();
		if (CommandParameters.of(command).values().stream().allMatch(input -> module.isInputResolved(input.key()))) return;
		if (!CommandDialog.edit(module.getDelegateObject())) {
			cancel("");
			return;
		}
		for (final ModuleItem<?> input : module.getInfo().inputs()) module.resolveInput(input.getName());
	}
}
