package io.github.nuclei4j.command;

import java.awt.Font;
import java.awt.GraphicsEnvironment;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.text.TextPanel;
import ij.text.TextWindow;
import io.github.nuclei4j.check.InstallationCheck;
import io.github.nuclei4j.util.Progress;

/**
 * Checks whether everything is in place, and shows a report to paste into a forum: in a text window, or without a display
 * in ImageJ's log.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Check Installation", headless = true)
public final class CheckInstallation extends NucleiCommand {

	/** Title of the window with the report. */
	static final String WINDOW = "Nuclei4J Installation";

	private static final int WIDTH = 900;
	private static final int HEIGHT = 600;

	@Override
	String execute(final Progress progress) {
		final InstallationCheck check = InstallationCheck.run(progress);
		if (GraphicsEnvironment.isHeadless()) IJ.log(check.text());
		else show(check.text());
		final int problems = check.problems().size();
		return problems == 0 ? "Nuclei4J is installed correctly" : problems + (problems == 1 ? " problem" : " problems") +
			" with the installation of Nuclei4J";
	}

	/** In letters of one width, because the report has columns. */
	private static void show(final String report) {
		final TextPanel panel = new TextWindow(WINDOW, report, WIDTH, HEIGHT).getTextPanel();
		panel.setFont(new Font(Font.MONOSPACED, Font.PLAIN, panel.getFont().getSize()), true);
	}
}
