package io.github.nuclei4j.spark;

import java.io.PrintWriter;

import io.github.nuclei4j.spark.segmentation.SegmentSubcommand;
import io.github.nuclei4j.spark.training.TrainSubcommand;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/**
 * The program that {@code spark-submit} runs. Exit codes as of the command line tool: 0 if everything succeeded, 1 if
 * something failed, such as an image, 2 if it was called wrongly.
 */
@Command(name = "nuclei4j-spark", mixinStandardHelpOptions = true, versionProvider = Nuclei4jSpark.VersionText.class,
	description = "Nuclei4J on Apache Spark.",
	subcommands = { SegmentSubcommand.class, TrainSubcommand.class },
	exitCodeListHeading = "%nExit codes:%n",
	exitCodeList = { "0:everything succeeded", "1:something failed", "2:wrong usage" })
public final class Nuclei4jSpark implements Runnable {

	@Spec
	private CommandSpec spec;

	@Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT,
		description = "Show the stack trace of an error.")
	private boolean verbose;

	/** Runs the program. The virtual machine is ended only if something went wrong: Spark wants to end it by itself. */
	public static void main(final String... arguments) {
		System.setProperty("java.awt.headless", "true");
		final int code = run(arguments);
		if (code != CommandLine.ExitCode.OK) System.exit(code);
	}

	/** Runs the program without ending the virtual machine, and returns its exit code. */
	public static int run(final String... arguments) {
		return commandLine().execute(arguments);
	}

	/** The program's parser, its output streams still those of the system. */
	static CommandLine commandLine() {
		final Nuclei4jSpark top = new Nuclei4jSpark();
		final CommandLine line = new CommandLine(top);
		line.setExecutionExceptionHandler((failure, command, parsed) -> {
			final PrintWriter err = command.getErr();
			err.println("nuclei4j-spark: " + Messages.of(failure));
			if (top.verbose) err.println(Messages.trace(failure));
			err.flush();
			return CommandLine.ExitCode.SOFTWARE;
		});
		line.setParameterExceptionHandler((wrong, parsed) -> {
			final CommandLine command = wrong.getCommandLine();
			final PrintWriter err = command.getErr();
			err.println("nuclei4j-spark: " + wrong.getMessage());
			CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
			err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
			err.flush();
			return CommandLine.ExitCode.USAGE;
		});
		return line;
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Choose a subcommand: " + String.join(", ", spec.subcommands().keySet()) + ".");
	}

	/** What {@code --version} prints. */
	public static final class VersionText implements IVersionProvider {

		@Override
		public String[] getVersion() {
			return new String[] { "Nuclei4J " + Version.current() + " on Spark" };
		}
	}
}
