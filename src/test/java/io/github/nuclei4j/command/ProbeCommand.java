package io.github.nuclei4j.command;

import java.io.File;

import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command with every kind of parameter, which remembers how it ran last. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Probe...", initializer = "prepare")
public class ProbeCommand extends ContextCommand {

	static ProbeCommand last;

	@Parameter
	private LogService log;

	@Parameter
	private StatusService status;

	@Parameter(label = "Note", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	String note = "A note.";

	@Parameter(label = "File (input)", style = "open", persist = false)
	File file;

	@Parameter(label = "Kind of thing", choices = { "first", "second one" }, persist = false)
	String kind = "first";

	@Parameter(label = "Name", persist = false)
	String name = "unset";

	@Parameter(label = "Whole number", min = "1", max = "10", persist = false)
	int whole = 3;

	@Parameter(label = "Long number", persist = false)
	long longer = 42;

	@Parameter(label = "Real number", min = "0", persist = false)
	double real = 0.25;

	@Parameter(label = "Flag", persist = false)
	boolean flag = true;

	boolean prepared;
	boolean byImageJ;

	private void prepare() {
		prepared = true;
	}

	@Override
	public void run() {
		status.showStatus(1, 2, "half of " + name);
		log.debug(name);
		byImageJ = MacroCall.isByImageJ(null);
		last = this;
	}
}
