package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;

import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.text.TextWindow;

/** Plain ImageJ with our menu, in which macros run as users run them; needs a display, a virtual one will do. */
final class MacroSession implements AutoCloseable {

	private final ImageJ imagej;
	private String result;

	/** Skips the test if there is no display. */
	@SuppressWarnings("unchecked")
	MacroSession() throws IOException {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		imagej = new ImageJ(ImageJ.NO_SHOW);
		final Hashtable<String, String> commands = Menus.getCommands();
		for (final Class<?> command : CommandMenuTest.commands()) {
			commands.put(label(command), PlainImageJ.class.getName() + "(\"" + command.getName() + "\")");
		}
		clear();
	}

	/** The last part of a command's menu path. */
	static String label(final Class<?> command) {
		final String path = command.getAnnotation(Plugin.class).menuPath();
		return path.substring(path.lastIndexOf('>') + 1);
	}

	/** Adds a command to the menu. */
	@SuppressWarnings("unchecked")
	void add(final String label, final Class<?> command) {
		Menus.getCommands().put(label, PlainImageJ.class.getName() + "(\"" + command.getName() + "\")");
	}

	/** Runs a macro and gives its error message in one line, or null if it went well; shows no dialog. */
	String errorOf(final String macro) {
		return errorOf(macro, "");
	}

	/** As {@link #errorOf(String)}, with what the macro gets from {@code getArgument()}. */
	String errorOf(final String macro, final String argument) {
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		result = interpreter.run(macro, argument);
		final String error = interpreter.getErrorMessage();
		return error == null ? null : error.replace('\n', ' ').trim();
	}

	/** Runs a macro's file. */
	String errorOf(final Path file, final String argument) throws IOException {
		return errorOf(new String(Files.readAllBytes(file)), argument);
	}

	/** What the latest macro returned. */
	String result() {
		return result;
	}

	/** Closes all images, tables and texts without asking. */
	void clear() {
		final int[] ids = WindowManager.getIDList();
		for (int i = 0; ids != null && i < ids.length; i++) {
			WindowManager.getImage(ids[i]).changes = false;
			WindowManager.getImage(ids[i]).close();
		}
		for (final Frame frame : WindowManager.getNonImageWindows()) {
			if (frame instanceof TextWindow) ((TextWindow) frame).close(false);
			else WindowManager.removeWindow((Window) frame);
		}
		IJ.log("\\Clear");
	}

	/** The titles of all images and other windows. */
	static String windows() {
		return Arrays.toString(WindowManager.getImageTitles()) + Arrays.toString(WindowManager.getNonImageTitles());
	}

	@Override
	public void close() {
		clear();
		imagej.dispose();
	}
}
