package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.macro.Interpreter;
import ij.plugin.BrowserLauncher;
import io.github.nuclei4j.data.Progress;

/** Opens the documentation in the web browser; without a display and in batch mode its address goes to ImageJ's log. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Nuclei Help", headless = true)
public final class NucleiHelp extends NucleiCommand {

	/** Help is for those as well whose installation is broken. */
	@Override
	boolean needsBackend() {
		return false;
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final String address = HelpPage.index();
		if (GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()) IJ.log(address);
		else BrowserLauncher.openURL(address);
		return "The documentation is at " + address;
	}
}
