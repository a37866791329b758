package io.github.nuclei4j.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

/**
 * Finds the image that a user or a macro means. A SciJava {@code ImagePlus} parameter would be given the front window
 * even if a macro in batch mode has another image active, because Fiji runs commands on a thread of their own.
 */
final class CurrentImage {

	private CurrentImage() {}

	/**
	 * The image of {@code IJ.run(image, ...)}, else the one active in batch mode, else that of the front window.
	 *
	 * @throws IllegalArgumentException if no image is open
	 */
	static ImagePlus find() {
		ImagePlus image = WindowManager.getTempCurrentImage();
		if (image == null && Interpreter.isBatchMode()) image = Interpreter.getLastBatchModeImage();
		if (image == null) image = WindowManager.getCurrentImage();
		if (image == null || image.getWidth() == 0) {
			throw new IllegalArgumentException("No image is open. Open the image with File > Open..., then try again.");
		}
		return image;
	}
}
