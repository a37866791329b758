package io.github.nuclei4j.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;

/** In Fiji: before anything else looks at the current image, the command's thread gets that of the macro or script. */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.FIRST)
public final class CallersImage extends AbstractPreprocessorPlugin {

	@Parameter
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		final Object command = module.getDelegateObject();
		if (command instanceof NucleiCommand) ((NucleiCommand) command).borrow(ThreadImage.lend(threads, true));
	}
}
