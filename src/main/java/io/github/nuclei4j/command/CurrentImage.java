package io.github.nuclei4j.command;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

/**
 * Finds the image that a user or a macro means. A SciJava {@code ImagePlus} parameter would be given the front window
 * even if a macro in batch mode has another image active, because Fiji runs commands on a thread of their own; {@link ThreadImage} brings the macro's image there.
 */
final class CurrentImage {

	/** Images seen open in batch mode, where closing one leaves no trace in it. */
	private static final Set<ImagePlus> BATCH_MODE = Collections.newSetFromMap(Collections.synchronizedMap(
		new WeakHashMap<>()));

	private CurrentImage() {}

	/**
	 * The image of {@code IJ.run(image, ...)}, else in a macro the one active in batch mode, else that of the front window; never one
	 * that was closed.
	 *
	 * @throws IllegalArgumentException if no image is open
	 */
	static ImagePlus find() {
		ImagePlus image = WindowManager.getTempCurrentImage();
		if (image != null && isClosed(image)) {
			WindowManager.setTempCurrentImage(null);
			image = null;
		}
		if (image == null && Interpreter.isBatchMode() && CallingMacro.here() != null) image = Interpreter.getLastBatchModeImage();
		if (image == null) image = WindowManager.getCurrentImage();
		if (image == null || isClosed(image)) {
			throw new IllegalArgumentException("No image is open. Open the image with File > Open..., then try again.");
		}
		return image;
	}

	/** Whether an image was closed, in batch mode or with its window. One that never was shown, as scripts have, is open. */
	static boolean isClosed(final ImagePlus image) {
		if (Interpreter.getBatchModeImage(image.getID()) == image) BATCH_MODE.add(image);
		else if (BATCH_MODE.contains(image) && image.getWindow() == null) return true;
		return image.getWidth() == 0 || !image.isProcessor() || image.getWindow() != null && image.getWindow().isClosed();
	}
}
