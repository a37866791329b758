package io.github.nuclei4j.command;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.WindowManager;

/** The images open in ImageJ, those of batch mode too, by their titles. */
final class OpenImages {

	private OpenImages() {}

	/** The titles of all open images. */
	static List<String> titles() {
		final List<String> titles = new ArrayList<>();
		for (final ImagePlus image : all()) titles.add(image.getTitle());
		return titles;
	}

	/** The titles as a sentence, for dialogs and errors. */
	static String sentence() {
		final List<String> titles = titles();
		return titles.isEmpty() ? "No image is open." : "Open images: " + String.join(", ", titles) + ".";
	}

	/**
	 * The titles for a dialog's list, after an item for none of them.
	 *
	 * @param about a line on that item
	 */
	static List<Suggestion> suggestions(final String none, final String about) {
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion("", none, about));
		titles().forEach(title -> all.add(new Suggestion(title, title, "")));
		return all;
	}

	/**
	 * The open image of a title.
	 *
	 * @param key of the parameter, for errors
	 * @return null if there is none
	 * @throws IllegalArgumentException if several have it
	 */
	static ImagePlus find(final String key, final String title) {
		ImagePlus found = null;
		for (final ImagePlus image : all()) {
			if (!image.getTitle().equals(title)) continue;
			if (found != null) {
				throw new IllegalArgumentException(key + "=" + title +
					" is the title of several open images. Rename one of them with Image > Rename..., or close it.");
			}
			found = image;
		}
		return found;
	}

	private static List<ImagePlus> all() {
		final List<ImagePlus> images = new ArrayList<>();
		final int[] ids = WindowManager.getIDList();
		for (int i = 0; ids != null && i < ids.length; i++) {
			final ImagePlus image = WindowManager.getImage(ids[i]);
			if (image != null && image.getWidth() > 0) images.add(image);
		}
		return images;
	}
}
