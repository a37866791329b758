package io.github.nuclei4j.command;

import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.scijava.thread.ThreadService;

import ij.macro.Interpreter;
import io.github.nuclei4j.check.Requirements;

/**
 * Where Fiji or its Java is too old, lets every command say so, and removes the other plugins of this program, which would
 * fail whenever any command of Fiji runs. Compiled for Java 8, as its message is.
 */
@Plugin(type = Service.class)
public final class RequirementsService extends AbstractService implements SciJavaService {

	@Parameter
	private PluginService plugins;

	@Parameter
	private CommandService commands;

	@Parameter
	private ModuleService modules;

	@Override
	public void initialize() {
		if (Requirements.unmet().isPresent()) replaceCommands();
	}

	/** Keeps the menu as it is. */
	void replaceCommands() {
		final List<CommandInfo> own = new ArrayList<>();
		for (final CommandInfo command : commands.getCommands()) if (isOwn(command.getDelegateClassName())) own.add(command);
		final List<PluginInfo<?>> others = new ArrayList<>();
		for (final PluginInfo<?> plugin : plugins.getPlugins()) {
			if (isOwn(plugin.getClassName()) && !plugin.getClassName().equals(getClass().getName())) others.add(plugin);
		}
		plugins.removePlugins(others);
		modules.removeModules(own);
		final List<CommandInfo> messages = new ArrayList<>();
		for (final CommandInfo command : own) messages.add(new Message(command));
		modules.addModules(messages);
	}

	private static boolean isOwn(final String className) {
		return className.startsWith("io.github.nuclei4j.");
	}

	/** Stands where another command stood. */
	private static final class Message extends CommandInfo {

		Message(final CommandInfo replaced) {
			super(RequirementsMessage.class);
			setMenuPath(replaced.getMenuPath());
		}

		@Override
		public boolean canRunHeadless() {
			return true;
		}
	}

	/** Says what is too old, and stops a running macro. */
	public static final class RequirementsMessage implements Command {

		@Parameter
		private LogService log;

		@Parameter(required = false)
		private ThreadService threads;

		@Override
		public void run() {
			UserMessage.error("Nuclei4J", Requirements.unmet().orElse("Fiji or its Java was too old when Fiji was started."), log, macro());
		}

		private Interpreter macro() {
			final Thread caller = threads == null ? null : threads.getParent(Thread.currentThread());
			return caller == null ? CallingMacro.here() : CallingMacro.on(caller);
		}
	}
}
