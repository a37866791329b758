package io.github.nuclei4j.batch;

import java.nio.file.Path;

/** An image to be segmented, and the name its results get. */
public final class InputImage {

	private final Path file;
	private final String name;

	InputImage(final Path file, final String name) {
		this.file = file;
		this.name = name;
	}

	/** Where the image is; relative if it was given so. */
	public Path file() {
		return file;
	}

	/** What its results' files begin with; no two images of a run have the same, whatever the letters' case. */
	public String name() {
		return name;
	}

	/** The image as it is called in tables: its path. */
	@Override
	public String toString() {
		return file.toString();
	}
}
