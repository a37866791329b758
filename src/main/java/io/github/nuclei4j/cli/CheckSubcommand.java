package io.github.nuclei4j.cli;

import java.util.concurrent.Callable;

import io.github.nuclei4j.check.InstallationCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Subcommand {@code check}: whether everything is in place and every model answers as it should. */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = VersionText.class,
	description = "Checks native libraries, jars, memory and every installed model, and prints a report to paste into a " +
		"forum. The exit code is 1 if there is a problem.")
final class CheckSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() {
		final InstallationCheck check;
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal())) {
			check = InstallationCheck.run(progress);
		}
		spec.commandLine().getOut().print(check.text());
		spec.commandLine().getOut().flush();
		return check.problems().isEmpty() ? 0 : 1;
	}
}
