package io.github.nuclei4j.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;

/**
 * In Fiji: inputs that a macro line leaves out keep their defaults, as they do in plain ImageJ. Otherwise Fiji would open the
 * dialog for them and the macro would wait.
 * <p>
 * It comes after what reads the macro's keys, and before what opens dialogs. A line without any options does open it.
 * </p>
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.LOW)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof NucleiCommand) || !IJ.isMacro() || Macro.getOptions() == null) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) module.resolveInput(input.getName());
	}
}
