package io.github.nuclei4j.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/**
 * The command line tool. Exit codes: 0 if everything succeeded, 1 if something failed (for {@code segment} and
 * {@code evaluate}: any image), 2 if the tool was called wrongly.
 */
@Command(name = "nuclei4j", mixinStandardHelpOptions = true, versionProvider = VersionText.class,
	description = "Finds, counts and measures cell nuclei in microscopy images.",
	exitCodeListHeading = "%nExit codes:%n",
	exitCodeList = { "0:everything succeeded", "1:something failed", "2:wrong usage" })
public final class Nuclei4jCli implements Runnable {

	private static final List<Class<?>> SUBCOMMANDS = Collections.unmodifiableList(Arrays.asList(SegmentSubcommand.class, EditSubcommand.class, CountSubcommand.class, ClassifySubcommand.class, PlateSubcommand.class, ExchangeSubcommand.class,
		TrainSubcommand.class, EvaluateSubcommand.class, CompareSubcommand.class, QuantizeSubcommand.class, ExportSubcommand.class, InfoSubcommand.class,
		CheckSubcommand.class));

	@Spec
	private CommandSpec spec;

	@Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT,
		description = "Show the stack trace of an error.")
	private boolean verbose;

	/** Runs the tool and ends the virtual machine with its exit code; no window is ever opened. */
	public static void main(final String... arguments) {
		System.setProperty("java.awt.headless", "true");
		if (arguments.length > 1 && name(SegmentSubcommand.class).equals(arguments[0])) Predictors.prepare();
		System.exit(run(arguments));
	}

	/** Runs the tool without ending the virtual machine, and returns its exit code. */
	public static int run(final String... arguments) {
		return commandLine(arguments).execute(arguments);
	}

	/**
	 * The tool's parser, its output streams still those of the system.
	 *
	 * @param arguments if the first one is a subcommand, the parser knows only that one, which makes a short run shorter
	 */
	static CommandLine commandLine(final String... arguments) {
		final Nuclei4jCli top = new Nuclei4jCli();
		final CommandLine line = new CommandLine(top);
		final boolean known = arguments.length > 0 && SUBCOMMANDS.stream().anyMatch(type -> name(type).equals(arguments[0]));
		for (final Class<?> type : SUBCOMMANDS) {
			if (!known || name(type).equals(arguments[0])) line.addSubcommand(type);
		}
		line.registerConverter(Path.class, Nuclei4jCli::path);
		line.setExecutionExceptionHandler((failure, command, parsed) -> {
			report(failure, top.verbose, command.getErr());
			return CommandLine.ExitCode.SOFTWARE;
		});
		line.setParameterExceptionHandler((wrong, parsed) -> {
			final CommandLine command = wrong.getCommandLine();
			final PrintWriter err = command.getErr();
			err.println("nuclei4j: " + wrong.getMessage());
			UnmatchedArgumentException.printSuggestions(wrong, err);
			err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
			err.flush();
			return CommandLine.ExitCode.USAGE;
		});
		return line;
	}

	private static String name(final Class<?> subcommand) {
		return subcommand.getAnnotation(Command.class).name();
	}

	private static Path path(final String text) {
		try {
			return Paths.get(text);
		}
		catch (final InvalidPathException e) {
			throw new TypeConversionException(Messages.unmappable(text));
		}
	}

	/** Whether stack traces are wanted. */
	static boolean verbose(final CommandSpec spec) {
		return ((Nuclei4jCli) spec.root().userObject()).verbose;
	}

	/** Prints a failure as one message, and its stack trace if wanted. */
	static void report(final Throwable failure, final boolean trace, final PrintWriter err) {
		err.println("nuclei4j: " + Messages.of(failure));
		if (trace) err.println(Messages.trace(failure));
		err.flush();
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Choose a subcommand: " + String.join(", ", spec.subcommands().keySet()) + ".");
	}
}
