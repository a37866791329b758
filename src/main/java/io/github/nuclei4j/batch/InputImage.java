package io.github.nuclei4j.batch;

import java.nio.file.Path;

/** An image to be segmented, and the name its results get. */
public final class InputImage {

	private final Path file;
	private final String name;
	private final int series;
	private final long[] size;

	/** The only image in a file. */
	InputImage(final Path file, final String name) {
		this(file, name, 0, null);
	}

	/**
	 * @param series number of the image in a file that holds several, from 1; 0 for the only one
	 * @param size width, height and planes, or null if not known yet
	 */
	InputImage(final Path file, final String name, final int series, final long[] size) {
		this.file = file;
		this.name = name;
		this.series = series;
		this.size = size;
	}

	/** Where the image is; relative if it was given so. */
	public Path file() {
		return file;
	}

	/** What its results' files begin with; no two images of a run have the same, whatever the letters' case. */
	public String name() {
		return name;
	}

	/** Number of the image in a file that holds several, from 1; 0 for the only one. */
	public int series() {
		return series;
	}

	/** Pixels in all planes; 0 if not known before the image is opened. */
	public long pixels() {
		return size == null ? 0 : size[0] * size[1] * size[2];
	}

	/** Width and height, as messages tell them; empty if not known before the image is opened. */
	String dimensions() {
		return size == null ? "" : size[0] + " x " + size[1] + " pixels" + (size[2] == 1 ? "" : " in " + size[2] + " planes");
	}

	/** The image as it is called in tables: its path, and its number in a file that holds several. */
	@Override
	public String toString() {
		return series == 0 ? file.toString() : file + " (series " + series + ")";
	}
}
