package io.github.nuclei4j.command;

import ij.ImagePlus;

/** The label image that a user means. */
final class LabelImage {

	/** Property of the images that we open; ImageJ keeps it in files. */
	private static final String MARK = "nuclei4j";
	private static final String LABELS = "labels";

	private LabelImage() {}

	/** Notes that an image is a label image of ours. */
	static void mark(final ImagePlus labels) {
		labels.setProp(MARK, LABELS);
	}

	private static boolean isMarked(final ImagePlus image) {
		return LABELS.equals(image.getProp(MARK));
	}

	/** @throws IllegalArgumentException if the image is a label image of ours, in which nuclei needn't be looked for */
	static void refuse(final ImagePlus image) {
		if (isMarked(image)) {
			throw new IllegalArgumentException("The current image, '" + image.getTitle() + "', is a label image of Segment Nuclei..., which " +
				"opened it with labels=true: its nuclei are already segmented. Select the image to segment first, in a macro with " +
				"selectImage(title).");
		}
	}

	/** The title of the label image of ours that belongs to an image, or is that image; empty if none is open. */
	static String suggest(final ImagePlus image) {
		if (isMarked(image)) return image.getTitle();
		final String title = title(image);
		return OpenImages.titles().stream().filter(title::equals).count() == 1 && isMarked(OpenImages.find("labelimage", title))
			? title : "";
	}

	/** The title that an image's label image is opened with. */
	static String title(final ImagePlus image) {
		return image.getTitle() + " " + LABELS;
	}

	/** The title of the table of nuclei that belongs to an image, or to the image of a label image of ours. */
	static String tableOf(final ImagePlus image) {
		final String table = NucleusResults.title(image);
		return isMarked(image) ? table.replace(" " + LABELS + NucleusResults.SUFFIX, NucleusResults.SUFFIX) : table;
	}

	/**
	 * The open label image of a title; for an empty title the image itself if it is a label image of ours, else null.
	 *
	 * @throws IllegalArgumentException if there is no open image of this title, or several
	 */
	static ImagePlus find(final ImagePlus image, final String title) {
		if (title.trim().isEmpty()) return isMarked(image) ? image : null;
		if (image.getTitle().equals(title)) return image;
		final ImagePlus found = OpenImages.find("labelimage", title);
		if (found != null) return found;
		throw new IllegalArgumentException("labelimage=" + title + " is not an open image. " + OpenImages.sentence() +
			" Leave it empty to segment the current image.");
	}
}
