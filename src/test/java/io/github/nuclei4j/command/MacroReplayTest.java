package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

import ij.IJ;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;

/**
 * Each command's recorded line, with no default value in it, arrives as it was recorded, in plain ImageJ and in Fiji; and the
 * defaults arrive where a line says nothing.
 */
public class MacroReplayTest {

	private static final List<Map<String, String>> ARRIVED = new ArrayList<>();

	/** Comes last and stops the command before it runs. */
	public static final class Spy extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module module) {
			final Object command = module.getDelegateObject();
			ARRIVED.add(CommandParameters.of(command.getClass()).texts(command));
			cancel("seen");
		}
	}

	@BeforeEach
	@AfterEach
	void clear() {
		WindowManager.setTempCurrentImage(null);
		ARRIVED.clear();
	}

	private static List<Class<?>> commands() throws IOException {
		return new ArrayList<>(CommandMenuTest.commands());
	}

	/** A command with no default left. */
	private static NucleiCommand changed(final Class<?> type) throws ReflectiveOperationException {
		final NucleiCommand command = create(type);
		for (final CommandParameter parameter : CommandParameters.of(type).values()) {
			if (parameter.isTransient()) continue;
			final Object before = parameter.get(command);
			parameter.set(command, other(parameter, before));
			assertNotEquals(before, parameter.get(command), parameter.key());
			parameter.check(command);
		}
		return command;
	}

	private static NucleiCommand create(final Class<?> type) throws ReflectiveOperationException {
		return (NucleiCommand) type.getDeclaredConstructor().newInstance();
	}

	private static Object other(final CommandParameter parameter, final Object before) {
		for (final String choice : parameter.choices()) if (!choice.equals(before)) return choice;
		if (before instanceof Boolean) return !(Boolean) before;
		if (before instanceof Double) return (Double) before == 0 ? 0.5 : (Double) before / 2;
		if (before instanceof Integer) return (Integer) before + 1;
		if (before instanceof Long) return (Long) before + 1;
		return parameter.isFile() && !(before instanceof String) ? new File("/data/some file.zip") : "some [other] text";
	}

	private static String line(final NucleiCommand command) {
		CommandParameters.of(command.getClass()).record(command);
		return Recorder.getCommandOptions();
	}

	/** Called by the macro below. */
	public static String fiji(final String type, final String options) throws Exception {
		final Class<? extends Command> command = Class.forName(type).asSubclass(Command.class);
		try (FijiSession session = new FijiSession()) {
			final Context context = FijiSession.context();
			final PluginInfo<PreprocessorPlugin> spy = new PluginInfo<>(Spy.class, PreprocessorPlugin.class);
			spy.setPriority(Priority.VERY_LOW - 1.5);
			context.service(PluginService.class).addPlugin(spy);
			FijiSession.asMacroLine(options, () -> context.service(CommandService.class).run(command, true));
		}
		return "";
	}

	/** Called by the macro below. */
	public static String plain(final String type, final String options) throws Exception {
		final NucleiCommand command = create(Class.forName(type));
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		thread.setName("Run$_" + name);
		Macro.setOptions(options);
		try (Context context = PlainServices.context()) {
			assertTrue(PlainRunner.prepare(command, context));
			ARRIVED.add(CommandParameters.of(command.getClass()).texts(command));
		}
		finally {
			Macro.setOptions(null);
			thread.setName(name);
		}
		return "";
	}

	private static Map<String, String> arrived(final String how, final Class<?> type, final String options) {
		ARRIVED.clear();
		final Interpreter macro = new Interpreter();
		macro.setIgnoreErrors(true);
		WindowManager.setTempCurrentImage(IJ.createImage("cells", "8-bit ramp", 32, 32, 1));
		macro.run("call('" + MacroReplayTest.class.getName() + "." + how + "', '" + type.getName() + "', '" + options + "');", "");
		assertEquals(1, ARRIVED.size(), macro.getErrorMessage());
		return ARRIVED.get(0);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void aRecordedLineArrivesAsItWas(final Class<?> type) throws ReflectiveOperationException {
		final NucleiCommand command = changed(type);
		final CommandParameters parameters = CommandParameters.of(type);
		final Map<String, String> expected = parameters.texts(command);
		if (expected.isEmpty()) return;
		final String line = line(command);
		assertEquals(expected, arrived("plain", type, line));
		assertEquals(expected, arrived("fiji", type, line));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whereALineSaysNothingTheDefaultsArrive(final Class<?> type) throws ReflectiveOperationException {
		final NucleiCommand command = changed(type);
		final CommandParameters parameters = CommandParameters.of(type);
		final Map<String, String> all = parameters.texts(create(type));
		for (final String key : parameters.values().stream().map(CommandParameter::key).limit(2).collect(Collectors.toList())) {
			final NucleiCommand one = create(type);
			final CommandParameter parameter = parameters.values().stream().filter(other -> other.key().equals(key)).findFirst().get();
			parameter.set(one, parameter.get(command));
			final Map<String, String> expected = parameters.texts(one);
			final String line = key + "=[" + expected.get(key) + "]";
			assertEquals(all.size(), expected.size());
			assertEquals(expected, arrived("plain", type, line));
			assertEquals(expected, arrived("fiji", type, line));
		}
	}
}
