package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.macro.Interpreter;
import io.github.nuclei4j.util.Progress;

/** Opens the documentation that comes with the plugin; without a display and in batch mode its address goes to ImageJ's log. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Nuclei Help", headless = true)
public final class NucleiHelp extends NucleiCommand {

	@Override
	String execute(final Progress progress) {
		final String address = HelpPage.index();
		if (GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()) IJ.log(address);
		else HelpWindow.open(NucleiHelp.class);
		return "The documentation is at " + address;
	}
}
