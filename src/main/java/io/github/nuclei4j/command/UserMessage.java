package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;

import org.scijava.log.LogService;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;

/**
 * Tells the user of a failure, once: as ImageJ's macro error, which ends the macro, where a macro runs; else in a dialog;
 * without a display in the log.
 */
public final class UserMessage {

	private static final int COLUMNS = 90;

	private UserMessage() {}

	/**
	 * Reports a failure of a command with the given title.
	 *
	 * @param macro that called the command, or null
	 */
	static void error(final String title, final String message, final LogService log, final Interpreter macro) {
		final boolean headless = GraphicsEnvironment.isHeadless();
		if (headless) log.error(title + ": " + message);
		if (!stopMacro(message, macro) && !headless) IJ.error(title, wrap(message));
	}

	/**
	 * Makes the macro that called what this thread does end with an error.
	 *
	 * @return false if no macro did
	 */
	public static boolean stopMacro(final String message) {
		return stopMacro(message, CallingMacro.here());
	}

	/**
	 * Makes a macro end with an error when the command returns. In Fiji the command has another thread than the macro, which
	 * would go on otherwise.
	 *
	 * @param macro may be null
	 * @return false if there is no macro
	 */
	static boolean stopMacro(final String message, final Interpreter macro) {
		if (macro == null) return false;
		try {
			macro.abort(wrap(message));
		}
		catch (final RuntimeException e) {
			// ImageJ throws to leave the macro's thread, or because it can't show its message without a display; the macro
			// is marked as ended in both cases, and the command has to end in the regular way
			IJ.showStatus(message);
		}
		return true;
	}

	/**
	 * Makes a macro end without a message, as Cancel in ImageJ's own dialogs does.
	 *
	 * @param macro may be null
	 */
	static void endMacro(final Interpreter macro) {
		if (macro == null) return;
		macro.setIgnoreErrors(true);
		macro.abort(Macro.MACRO_CANCELED);
	}

	/** The text in lines that fit on a screen, broken at spaces. */
	static String wrap(final String text) {
		final StringBuilder wrapped = new StringBuilder();
		int column = 0;
		for (final String word : text.split(" ")) {
			if (column > 0 && column + word.length() > COLUMNS) {
				wrapped.append('\n');
				column = 0;
			}
			else if (column > 0) {
				wrapped.append(' ');
			}
			wrapped.append(word);
			column = word.indexOf('\n') < 0 ? column + word.length() + 1 : word.length() - word.lastIndexOf('\n');
		}
		return wrapped.toString();
	}
}
