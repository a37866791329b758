package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.nuclei4j.image.ImageFile;

/**
 * Makes images of files that hold several: each gets a name of its own, {@code NAME_series-2}, and the number by which it is
 * opened. A file whose only other images are smaller copies stays one image with the file's name.
 */
public final class InputSeries {

	/** Every image that is no smaller copy of another. */
	public static final String ALL = "all";

	/** More pixels than that take so long that it is said before, with the time. */
	private static final long LARGE = 200_000_000;

	/** Pixels a second in full resolution on two processors, of the default model; only for that estimate. */
	private static final double SPEED = 500_000;

	private final int number;

	/**
	 * @param choice {@link #ALL} or a number from 1
	 * @throws IllegalArgumentException if it is neither
	 */
	InputSeries(final String choice) {
		final String text = choice == null ? "" : choice.trim();
		if (!text.equals(ALL) && !text.matches("[1-9]\\d{0,8}")) throw new IllegalArgumentException("series=" + choice +
			": expected '" + ALL + "' or the number of an image in its file, from 1.");
		number = text.equals(ALL) ? 0 : Integer.parseInt(text);
	}

	/** The images of files. */
	List<InputImage> of(final List<InputImage> files) {
		final Set<String> names = new HashSet<>();
		for (final InputImage file : files) names.add(key(file.name()));
		final List<InputImage> images = new ArrayList<>();
		for (final InputImage file : files) add(file, names, images);
		return images;
	}

	private void add(final InputImage input, final Set<String> names, final List<InputImage> images) {
		final ImageFile file;
		try {
			file = Files.isRegularFile(input.file()) ? ImageFile.of(input.file()) : null;
		}
		catch (final IOException | RuntimeException e) {
			// told when its turn comes, so that it doesn't stop the others
			images.add(new InputImage(input.file(), input.name(), number, null));
			return;
		}
		if (file == null || file.count() == 1 && number <= 1) {
			images.add(new InputImage(input.file(), input.name(), 0, file == null ? null : file.size(0)));
			return;
		}
		if (number > file.count()) {
			images.add(new InputImage(input.file(), input.name(), number, null));
			return;
		}
		if (number == 0 && file.numbers().size() == 1) {
			images.add(new InputImage(input.file(), input.name(), 0, file.size(0)));
			return;
		}
		for (final int one : number == 0 ? file.numbers() : List.of(number)) {
			String name = input.name() + "_series-" + one;
			for (int n = 2; !names.add(key(name)); n++) name = input.name() + "_series-" + one + "-" + n;
			images.add(new InputImage(input.file(), name, one, file.size(one)));
		}
	}

	private static String key(final String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/** Sentences on images so large that people want to know before: their size, and about how long they take. */
	public static List<String> large(final List<InputImage> images) {
		final List<String> sentences = new ArrayList<>();
		for (final InputImage image : images) {
			if (image.pixels() <= LARGE) continue;
			final double minutes = image.pixels() / SPEED / 60;
			sentences.add(String.format(Locale.ROOT, "%s is segmented in full resolution: %s, %.0f megapixels, about %s on two " +
				"processors. If its file holds smaller copies, series chooses one of them.", image, image.dimensions(), image.pixels() /
					1e6, minutes < 90 ? Math.round(minutes) + " minutes" : Math.round(minutes / 60) + " hours"));
		}
		return sentences;
	}
}
