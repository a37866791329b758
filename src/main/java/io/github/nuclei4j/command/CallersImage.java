package io.github.nuclei4j.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;

/**
 * In Fiji: before anything else looks at the current image, the command's thread gets that of the macro or script; and before
 * anything fills in inputs, it is noted who called.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.FIRST)
public final class CallersImage extends AbstractPreprocessorPlugin {

	@Parameter
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof NucleiCommand)) return;
		final NucleiCommand command = (NucleiCommand) module.getDelegateObject();
		command.called(MacroCall.of(module, threads));
		command.borrow(ThreadImage.lend(threads, true));
	}
}
