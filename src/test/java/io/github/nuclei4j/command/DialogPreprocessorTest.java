package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

/** Whether our dialog comes in place of the one that Fiji would generate. */
class DialogPreprocessorTest {

	private static final long PATIENCE_SECONDS = 20;

	private static Module module(final Context context) throws ModuleException {
		return context.service(ModuleService.class).createModule(context.service(CommandService.class).getCommand(
			QuantizeModel.class));
	}

	@Test
	void itComesBetweenTheMacrosKeysAndTheGeneratedDialog() {
		try (Context context = new Context(PluginService.class)) {
			final PluginService plugins = context.service(PluginService.class);
			final PluginInfo<PreprocessorPlugin> ours = plugins.getPluginsOfClass(DialogPreprocessor.class, PreprocessorPlugin.class)
				.get(0);
			final PluginInfo<PreprocessorPlugin> macro = plugins.getPluginsOfClass(MacroDefaults.class, PreprocessorPlugin.class).get(
				0);
			assertTrue(ours.getPriority() < macro.getPriority() && ours.getPriority() > InputHarvester.PRIORITY, "priority " + ours
				.getPriority());
		}
	}

	@Test
	void withoutAUserInterfaceNothingOpens() throws ModuleException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final Module module = module(context);
			final DialogPreprocessor processor = new DialogPreprocessor();
			context.inject(processor);
			processor.process(module);
			assertFalse(processor.isCanceled() || module.isInputResolved("weights"));
		}
	}

	@Test
	@Tag("display")
	void okResolvesAllInputsAndCancelCancels() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			for (final int button : new int[] { 1, 0 }) {
				final Module module = module(context);
				final DialogPreprocessor processor = new DialogPreprocessor(visible());
				final CompletableFuture<Void> work = CompletableFuture.runAsync(() -> processor.process(module));
				final CommandDialog dialog = opened();
				EventQueue.invokeAndWait(() -> {
					dialog.form().fields().forEach((parameter, field) -> {
						if (parameter.key().equals("output")) field.choose(System.getProperty("java.io.tmpdir") + "/small.zip");
					});
					dialog.actionPerformed(new ActionEvent(dialog.getButtons()[button], ActionEvent.ACTION_PERFORMED, ""));
				});
				work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
				assertTrue(processor.isCanceled() == (button == 1), dialog.info().text());
				assertTrue(module.isInputResolved("weights") == (button == 0));
				if (button == 0) assertNotNull(module.getInput("output"));
			}
		}
	}

	private static CommandDialog opened() throws InterruptedException {
		final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (System.nanoTime() < end) {
			for (final Window window : Window.getWindows()) {
				if (window instanceof CommandDialog && window.isShowing()) return (CommandDialog) window;
			}
			Thread.sleep(20);
		}
		throw new AssertionError("no dialog");
	}

	/** A user interface that is visible, without anything of its own. */
	private static UIService visible() {
		return (UIService) Proxy.newProxyInstance(UIService.class.getClassLoader(), new Class<?>[] { UIService.class }, (proxy,
			method, arguments) -> method.getName().equals("isVisible"));
	}
}
