package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

import ij.Macro;
import ij.macro.Interpreter;

/** Whether Fiji would open the dialog: it does where an input is not resolved. */
public class MacroDefaultsTest {

	/** Called by macros: tells whether the input {@code size} is resolved, with a macro line's options or without. */
	public static String resolved(final String options) throws ModuleException {
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		thread.setName("Run$_" + name); // ImageJ asks for options only on such threads
		Macro.setOptions(options.isEmpty() ? null : options);
		try {
			return String.valueOf(resolved());
		}
		finally {
			Macro.setOptions(null);
			thread.setName(name);
		}
	}

	private static boolean resolved() throws ModuleException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final Module module = context.service(ModuleService.class).createModule(context.service(CommandService.class).getCommand(
				SegmentNuclei.class));
			new MacroDefaults().process(module);
			return module.isInputResolved("size");
		}
	}

	private static String fromMacro(final String options) {
		return new Interpreter().run("return call('" + MacroDefaultsTest.class.getName() + ".resolved', '" + options + "');", "");
	}

	@Test
	void inputsThatALineLeavesOutAreResolved() {
		assertEquals("true", fromMacro("model=unet"));
	}

	@Test
	void aLineWithoutOptionsOpensTheDialog() {
		assertEquals("false", fromMacro(""));
	}

	@Test
	void theMenuOpensTheDialog() throws ModuleException {
		assertEquals("false", resolved("model=unet"), "no macro runs");
	}

	@Test
	void itIsFoundByFijiAndComesBetweenMacroKeysAndDialog() {
		try (Context context = new Context(PluginService.class)) {
			final PluginInfo<PreprocessorPlugin> info = context.service(PluginService.class).getPluginsOfClass(MacroDefaults.class,
				PreprocessorPlugin.class).get(0);
			assertTrue(info.getPriority() < Priority.NORMAL && info.getPriority() > Priority.VERY_LOW, "priority " + info
				.getPriority());
		}
	}
}
