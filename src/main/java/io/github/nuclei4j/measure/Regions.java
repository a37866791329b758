package io.github.nuclei4j.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import io.github.nuclei4j.image.RoiBytes;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.ZipContents;

/** The regions that a user drew on an image, for {@link RoiCounter}. */
public final class Regions {

	private static final String ROI = ".roi";
	private static final int MOST_BYTES = 1 << 26;

	private Regions() {}

	/** Whether a ROI is a region: an area, and no text, picture, or part of ImageJ's scale bar or calibration bar. */
	public static boolean isRegion(final Roi roi) {
		final String name = roi.getName();
		return roi.isArea() && !(roi instanceof TextRoi) && !(roi instanceof ImageRoi) && !(name != null && (name.startsWith(
			"|SB|") || name.startsWith("|CB|")));
	}

	/** The whole image, in all planes, as one region of the name {@code whole image}. */
	public static Roi whole(final ImagePlus image) {
		final Roi whole = new Roi(0, 0, image.getWidth(), image.getHeight());
		whole.setName("whole image");
		return whole;
	}

	/**
	 * Copies of ROIs, at the slice and frame of the label image that they have in the image that they were drawn on; channels
	 * don't matter.
	 *
	 * @throws IllegalArgumentException if the two images differ in width, height, slices or frames
	 */
	public static List<Roi> onLabels(final List<Roi> rois, final ImagePlus image, final ImagePlus labels) {
		NucleusMeasurer.requireSameSize(image, labels);
		final List<Roi> copies = new ArrayList<>();
		for (final Roi roi : rois) {
			final Roi copy = (Roi) roi.clone();
			final int plane = roi.hasHyperStackPosition() ? 0 : roi.getPosition();
			if (plane > 0 && image.getStackSize() > 1) {
				final int[] position = image.convertIndexToPosition(Math.min(plane, image.getStackSize()));
				copy.setPosition(labels.getStackIndex(1, position[1], position[2]));
			}
			copies.add(copy);
		}
		return copies;
	}

	/**
	 * Reads the ROIs of a file of ImageJ, in its order, with their names.
	 *
	 * @param file a {@code .roi} file, or a zip of such files
	 * @throws IOException if there is no such file, it is none of these, or a ROI in it can't be read
	 */
	public static List<Roi> read(final Path file) throws IOException {
		final String name = file.getFileName().toString();
		if (name.toLowerCase(Locale.ROOT).endsWith(ROI)) {
			if (Files.size(file) > MOST_BYTES) throw tooLarge(name, file);
			return Collections.singletonList(decode(Files.readAllBytes(file), name, file));
		}
		final List<Roi> rois = new ArrayList<>();
		try (ZipContents zip = ZipContents.open(file)) {
			for (final String entry : zip.names()) {
				if (entry.endsWith(ROI)) rois.add(decode(zip.read(entry, MOST_BYTES), entry, file));
			}
		}
		catch (final ZipException e) {
			if (!name.toLowerCase(Locale.ROOT).endsWith(".zip")) throw nothingIn(file);
			throw new IOException("The ROI zip " + file + " is damaged (" + e.getMessage() + "). Save it again from the ROI Manager.",
				e);
		}
		if (!rois.isEmpty()) return rois;
		throw nothingIn(file);
	}

	private static IOException nothingIn(final Path file) {
		return new IOException("There are no ROIs in " + file + ": expected a .roi file or a zip of them, as the ROI Manager saves with" +
			" More > Save....");
	}

	private static IOException tooLarge(final String name, final Path file) throws IOException {
		return new IOException("The ROI " + name + " has " + Files.size(file) + " bytes, at most " + MOST_BYTES + " are read.");
	}

	private static Roi decode(final byte[] bytes, final String name, final Path file) throws IOException {
		try {
			return RoiBytes.decode(bytes, name.substring(0, name.length() - ROI.length()));
		}
		catch (final IOException e) {
			throw new IOException("The ROI " + Messages.quoted(name) + " of " + file + " can't be read (" + e.getMessage() +
				"). Save it again with ImageJ.", e);
		}
	}
}
