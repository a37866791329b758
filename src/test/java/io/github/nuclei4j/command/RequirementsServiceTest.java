package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

class RequirementsServiceTest {

	private static final List<Class<?>> FOR_JAVA_8 = List.of(PlainImageJ.class, CallingMacro.class, RequirementsService.class, UserMessage.class,
		io.github.nuclei4j.check.Requirements.class);

	private static List<CommandInfo> own(final Context context) {
		return context.service(ModuleService.class).getModules().stream().filter(CommandInfo.class::isInstance).map(
			CommandInfo.class::cast).filter(command -> command.getDelegateClassName().startsWith("io.github.nuclei4j.")).collect(Collectors
				.toList());
	}

	private static List<String> menu(final Context context) {
		return own(context).stream().map(command -> command.getMenuPath().getMenuString()).sorted().collect(Collectors.toList());
	}

	@Test
	void whereEverythingIsNewTheCommandsAreThemselves() {
		try (Context context = new Context(CommandService.class, StatusService.class, RequirementsService.class)) {
			assertTrue(own(context).stream().anyMatch(command -> command.getDelegateClassName().equals(SegmentNuclei.class.getName())));
		}
	}

	@Test
	void whereFijiIsTooOldEveryCommandOfTheMenuSaysSo() throws ModuleException {
		try (Context context = new Context(CommandService.class, StatusService.class, RequirementsService.class)) {
			final List<String> before = menu(context);
			assertFalse(before.isEmpty());
			context.service(RequirementsService.class).replaceCommands();
			assertEquals(before, menu(context));
			for (final CommandInfo command : own(context)) {
				assertTrue(command.canRunHeadless());
				assertSame(RequirementsService.RequirementsMessage.class, command.createModule().getDelegateObject().getClass());
			}
		}
	}

	/** Those couldn't be loaded, and would fail whenever any command of Fiji runs. */
	@Test
	void whereFijiIsTooOldNoOtherPluginIsLeft() {
		try (Context context = new Context(CommandService.class, StatusService.class, RequirementsService.class)) {
			context.service(RequirementsService.class).replaceCommands();
			assertEquals(List.of(RequirementsService.class.getName()), context.service(PluginService.class).getPlugins().stream().map(
				PluginInfo::getClassName).filter(name -> name.startsWith("io.github.nuclei4j.")).collect(Collectors.toList()));
		}
	}

	/** As the build does; the jar's test looks at the class files. */
	@Test
	void whatHasToSaySoCanBeCompiledForJava8(@TempDir final Path folder) throws IOException {
		final List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:-options", "--release", "8", "-d", folder
			.toString(), "-cp", System.getProperty("java.class.path") + java.io.File.pathSeparator + classPath()));
		for (final Class<?> type : FOR_JAVA_8) {
			arguments.add(Paths.get("src", "main", "java", type.getName().replace('.', '/') + ".java").toString());
		}
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])));
	}

	/** Where the classes that those use are. */
	private static String classPath() {
		return List.of(PlainRunner.class, Context.class, ij.IJ.class).stream().map(type -> type.getProtectionDomain().getCodeSource()
			.getLocation().getPath()).collect(Collectors.joining(java.io.File.pathSeparator));
	}
}
