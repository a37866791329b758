package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Cancelable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** The same menu, names and macro keys in plain ImageJ and in Fiji. */
class CommandMenuTest {

	private static final Pattern CLASS = Pattern.compile("\\(\"(.+)\"\\)");

	/** The commands of the menu, as plugins.config lists them. */
	static List<Class<?>> commands() throws IOException {
		final List<Class<?>> commands = new ArrayList<>();
		for (final String entry : entries()) {
			final Matcher name = CLASS.matcher(entry);
			assertTrue(name.find(), entry);
			try {
				commands.add(Class.forName(name.group(1)));
			}
			catch (final ClassNotFoundException e) {
				throw new AssertionError(entry, e);
			}
		}
		return commands;
	}

	private static List<String> entries() throws IOException {
		try (Stream<String> lines = Files.lines(Paths.get("plugins.config"))) {
			return lines.filter(line -> !line.startsWith("#") && !line.isBlank()).collect(Collectors.toList());
		}
	}

	private static String title(final Class<?> command) {
		final String path = command.getAnnotation(Plugin.class).menuPath();
		return path.substring(path.lastIndexOf('>') + 1);
	}

	/** The Help button leads there. */
	@ParameterizedTest
	@MethodSource("commands")
	void everyCommandHasAPageInTheDocumentation(final Class<?> command) {
		assertTrue(Files.isRegularFile(Paths.get("docs", HelpPage.file(command))), HelpPage.file(command));
		assertTrue(HelpPage.of(command).matches("https://[^$]+/docs/[a-zA-Z]+\\.md"), HelpPage.of(command));
	}

	@Test
	void pluginsConfigHasTheCommandsUnderTheirMenuPathAndLabel() throws IOException {
		assertTrue(commands().size() > 6, commands().toString());
		assertEquals(commands().stream().map(CommandMenuTest::entry).collect(Collectors.toList()), entries());
	}

	private static String entry(final Class<?> command) {
		final String path = command.getAnnotation(Plugin.class).menuPath();
		final int last = path.lastIndexOf('>');
		return path.substring(0, last) + ", \"" + path.substring(last + 1) + "\", " + PlainImageJ.class.getName() + "(\"" +
			command.getName() + "\")";
	}

	@ParameterizedTest
	@MethodSource("commands")
	void keysAreWordsAndLabelsArePlainText(final Class<?> command) {
		assertTrue(Cancelable.class.isAssignableFrom(command));
		final List<CommandParameter> parameters = CommandParameters.of(command).all();
		assertEquals(PlainRunner.title(command).length() < title(command).length(), !parameters.isEmpty(),
			"dots in the menu are for commands that ask something");
		for (final CommandParameter parameter : parameters) {
			assertTrue(parameter.key().matches("[a-z]+"), parameter.key());
			assertTrue(parameter.isMessage() || parameter.label().matches("[A-Z][A-Za-z ()-]{2,29}"), parameter.label());
			assertTrue(parameter.isMessage() || !parameter.description().isEmpty(), parameter.key());
		}
	}

	/** ImageJ's recorder takes a key that is the end of another for a duplicate. */
	@ParameterizedTest
	@MethodSource("commands")
	void noKeyIsTheEndOfAnother(final Class<?> command) {
		final List<CommandParameter> parameters = CommandParameters.of(command).all();
		for (final CommandParameter a : parameters) {
			for (final CommandParameter b : parameters) assertFalse(a != b && b.key().endsWith(a.key()), a.key());
		}
	}

	/** Otherwise a key that a macro omits would take the value used last. */
	@ParameterizedTest
	@MethodSource("commands")
	void nothingIsRememberedAndNoFileChooserOpensByItself(final Class<?> command) throws ReflectiveOperationException {
		for (final CommandParameter parameter : CommandParameters.of(command).all()) {
			final Parameter annotation = command.getDeclaredField(parameter.key()).getAnnotation(Parameter.class);
			assertFalse(annotation.persist(), parameter.key());
			assertTrue(!parameter.isMessage() || !annotation.required(), parameter.key());
			assertTrue(command.getDeclaredField(parameter.key()).getType() != java.io.File.class || !annotation.autoFill(),
				parameter.key());
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void theDefaultsAreAllowed(final Class<?> command) throws ReflectiveOperationException {
		CommandParameters.of(command).check(command.getDeclaredConstructor().newInstance());
	}
}
