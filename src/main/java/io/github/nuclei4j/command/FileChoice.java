package io.github.nuclei4j.command;

import java.io.File;

import javax.swing.JFileChooser;

import ij.io.DirectoryChooser;
import ij.io.OpenDialog;
import ij.io.SaveDialog;
import ij.util.Java2;

/** Asks for a file or folder with ImageJ's own choosers, and with Java's where either may be chosen. */
final class FileChoice {

	private FileChoice() {}

	/**
	 * Opens the chooser that suits a parameter.
	 *
	 * @param before what is in the field, where the chooser begins; may be empty
	 * @return the path with slashes, or null if it was canceled
	 */
	static String ask(final CommandParameter parameter, final String before) {
		final String path = path(parameter, before);
		return path == null ? null : path.replace(File.separatorChar, '/').replaceFirst("(?<=.)/$", "");
	}

	private static String path(final CommandParameter parameter, final String before) {
		final File file = new File(before);
		switch (parameter.style()) {
			case "directory":
				if (file.isDirectory()) DirectoryChooser.setDefaultDirectory(before);
				return new DirectoryChooser(parameter.label()).getDirectory();
			case "save":
				final SaveDialog save = new SaveDialog(parameter.label(), before.isEmpty() ? "model" : file.getName(), ".zip");
				return save.getFileName() == null ? null : save.getDirectory() + save.getFileName();
			case "both":
				return either(parameter.label(), file);
			default:
				return new OpenDialog(parameter.label(), file.getParent(), before.isEmpty() ? null : file.getName()).getPath();
		}
	}

	private static String either(final String title, final File before) {
		Java2.setSystemLookAndFeel();
		final File folder = before.isDirectory() || before.getParentFile() == null ? before : before.getParentFile();
		final JFileChooser chooser = new JFileChooser(folder.isDirectory() ? folder : new File(OpenDialog
			.getDefaultDirectory() == null ? "." : OpenDialog.getDefaultDirectory()));
		chooser.setDialogTitle(title);
		chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
		return chooser.showOpenDialog(null) == JFileChooser.APPROVE_OPTION ? chooser.getSelectedFile().getPath() : null;
	}
}
