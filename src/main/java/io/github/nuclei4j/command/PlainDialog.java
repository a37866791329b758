package io.github.nuclei4j.command;

import java.util.Map;

import org.scijava.command.Previewable;

import ij.IJ;

/** ImageJ's dialog for a command's parameters. */
final class PlainDialog {

	private final String title;
	private final String page;
	private final CommandParameters parameters;

	PlainDialog(final Class<?> command, final CommandParameters parameters) {
		title = PlainRunner.title(command);
		page = HelpPage.of(command);
		this.parameters = parameters;
	}

	/**
	 * Lets the user change a command's values; asks again, with a message and the texts as entered, while one of them is
	 * not allowed. A command that can be previewed is told of every change, as SciJava does.
	 *
	 * @return false if the user canceled
	 */
	boolean edit(final Object command) {
		Map<String, String> texts = parameters.texts(command);
		while (true) {
			final PlainForm form = new PlainForm(title, page, parameters, command, texts);
			if (command instanceof Previewable) form.whenChanged(changed -> preview((Previewable) command, changed));
			if (!form.show()) {
				if (command instanceof Previewable) ((Previewable) command).cancel();
				return false;
			}
			texts = form.texts();
			try {
				parameters.setFromTexts(command, texts);
				return true;
			}
			catch (final IllegalArgumentException e) {
				IJ.showMessage(title, UserMessage.wrap(e.getMessage()));
			}
		}
	}

	private void preview(final Previewable command, final Map<String, String> texts) {
		try {
			parameters.setFromTexts(command, texts);
			command.preview();
		}
		catch (final IllegalArgumentException e) {
			// half typed, likely; it is asked again after OK
			IJ.showStatus(e.getMessage());
		}
	}
}
