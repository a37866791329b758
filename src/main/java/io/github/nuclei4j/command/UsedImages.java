package io.github.nuclei4j.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import ij.ImagePlus;

/** The images that a command works on, which their user may close meanwhile. */
final class UsedImages {

	private final List<ImagePlus> images = new CopyOnWriteArrayList<>();

	/** Adds an open image and gives it back. */
	ImagePlus add(final ImagePlus image) {
		images.add(image);
		return image;
	}

	/** The title of an image that was closed; empty if all are open. */
	Optional<String> closed() {
		return images.stream().filter(CurrentImage::isClosed).map(ImagePlus::getTitle).findFirst();
	}
}
