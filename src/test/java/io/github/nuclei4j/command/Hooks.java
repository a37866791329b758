package io.github.nuclei4j.command;

import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.log.LogService;
import org.scijava.log.StderrLogService;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

/**
 * Runs commands, with something to happen in the middle of the work: at a message of progress, on the thread that works, so
 * that it happens at the same moment every time.
 */
final class Hooks {

	private static final ThreadLocal<Consumer<String>> HOOK = new ThreadLocal<>();

	private Hooks() {}

	/**
	 * Runs a command on this thread.
	 *
	 * @param options as in a macro
	 * @param hook is given every message
	 */
	static <C extends NucleiCommand> C run(final C command, final String options, final Consumer<String> hook) {
		HOOK.set(hook);
		try (Context context = context()) {
			context.inject(command);
			CommandParameters.of(command.getClass()).setFromMacro(command, options);
			command.run();
			return command;
		}
		finally {
			HOOK.remove();
		}
	}

	/** Does something at the first message that contains a text. */
	static Consumer<String> at(final String text, final Runnable action) {
		final boolean[] done = new boolean[1];
		return message -> {
			if (done[0] || !message.contains(text)) return;
			done[0] = true;
			action.run();
		};
	}

	private static Context context() {
		return new Context(Arrays.asList(LogService.class, StatusService.class), new PluginIndex(plugins -> {
			plugins.add(new PluginInfo<>(StderrLogService.class, Service.class));
			plugins.add(new PluginInfo<>(HookedStatus.class, Service.class));
			return Collections.emptyMap();
		}));
	}

	/** Hands messages to the thread's hook. */
	public static final class HookedStatus extends AbstractService implements StatusService {

		@Override
		public void showProgress(final int value, final int maximum) {
			// of no interest
		}

		@Override
		public void showStatus(final String message) {
			final Consumer<String> hook = HOOK.get();
			if (hook != null) hook.accept(message);
		}

		@Override
		public void showStatus(final int progress, final int maximum, final String message) {
			showStatus(message);
		}

		@Override
		public void warn(final String message) {
			showStatus(message);
		}

		@Override
		public void showStatus(final int progress, final int maximum, final String message, final boolean warn) {
			showStatus(message);
		}

		@Override
		public void clearStatus() {
			// of no interest
		}

		@Override
		public String getStatusMessage(final String appName, final StatusEvent event) {
			return event.getStatusMessage();
		}
	}
}
