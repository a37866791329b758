package io.github.nuclei4j.command;

import java.util.Optional;

import ij.IJ;
import ij.plugin.PlugIn;
import io.github.nuclei4j.check.MissingJar;
import io.github.nuclei4j.check.Requirements;

/**
 * Runs a SciJava command in plain ImageJ 1: {@code plugins.config} names this class with the command's class name as
 * argument. The dialog, macro keys and recording come from the command's parameters, as they do in Fiji.
 * <p>
 * It touches nothing but ImageJ itself and is compiled for Java 8, so that a missing jar or an old Java ends in a message
 * instead of nothing at all.
 * </p>
 */
public final class PlainImageJ implements PlugIn {

	/**
	 * @param arg full name of a command class
	 */
	@Override
	public void run(final String arg) {
		final Optional<String> unmet = Requirements.unmet();
		if (unmet.isPresent()) tell(unmet.get());
		else runCommand(arg);
	}

	private static void runCommand(final String arg) {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(PlainImageJ.class.getClassLoader());
		try {
			PlainRunner.run(arg);
		}
		catch (final LinkageError | ReflectiveOperationException e) {
			IJ.handleException(e);
			tell(MissingJar.explain(e));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static void tell(final String message) {
		if (!UserMessage.stopMacro(message)) IJ.error("Nuclei4J", UserMessage.wrap(message));
	}
}
