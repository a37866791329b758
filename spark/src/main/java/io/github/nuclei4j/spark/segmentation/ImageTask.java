package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;
import java.time.Instant;

/** An image to be segmented: where it is, what it was like when it was listed, and what its results are called. Immutable. */
final class ImageTask implements Serializable {

	private static final long serialVersionUID = 1;

	private final String uri;
	private final String place;
	private final long bytes;
	private final long changed;
	private final String name;

	/**
	 * @param uri of the file, for Hadoop
	 * @param place of the file, as tables and records tell it
	 * @param bytes size of the file
	 * @param changed time of its last change, milliseconds
	 * @param name that the results begin with
	 */
	ImageTask(final String uri, final String place, final long bytes, final long changed, final String name) {
		this.uri = uri;
		this.place = place;
		this.bytes = bytes;
		this.changed = changed;
		this.name = name;
	}

	String uri() {
		return uri;
	}

	String place() {
		return place;
	}

	long bytes() {
		return bytes;
	}

	Instant changed() {
		return Instant.ofEpochMilli(changed);
	}

	String name() {
		return name;
	}

	@Override
	public String toString() {
		return place;
	}
}
