package io.github.nuclei4j.command;

import ij.IJ;
import ij.plugin.PlugIn;

/**
 * Runs a SciJava command in plain ImageJ 1: {@code plugins.config} names this class with the command's class name as
 * argument. The dialog, macro keys and recording come from the command's parameters, as they do in Fiji.
 * <p>
 * It touches nothing but ImageJ itself, so that a missing jar ends in a message instead of nothing at all.
 * </p>
 */
public final class PlainImageJ implements PlugIn {

	/**
	 * @param arg full name of a command class
	 */
	@Override
	public void run(final String arg) {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(PlainImageJ.class.getClassLoader());
		try {
			PlainRunner.run(arg);
		}
		catch (final LinkageError | ReflectiveOperationException e) {
			IJ.handleException(e);
			IJ.error("Nuclei4J", "This installation of Nuclei4J is not complete:\n" + e +
				"\n \nUnpack the whole installation zip into the ImageJ folder and restart ImageJ.");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}
}
