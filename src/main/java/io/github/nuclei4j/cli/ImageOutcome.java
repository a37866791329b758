package io.github.nuclei4j.cli;

/** What became of one image of a run; one row of {@code images.csv}. */
final class ImageOutcome {

	/** How the work on an image can end. */
	enum Status {
			OK, ERROR, CANCELED
	}

	private final InputImage image;
	private final Status status;
	private final int count;
	private final double seconds;
	private final String error;

	private ImageOutcome(final InputImage image, final Status status, final int count, final double seconds,
		final String error)
	{
		this.image = image;
		this.status = status;
		this.count = count;
		this.seconds = seconds;
		this.error = error;
	}

	/** The image was segmented and all its results are written. */
	static ImageOutcome ok(final InputImage image, final int count, final double seconds) {
		return new ImageOutcome(image, Status.OK, count, seconds, "");
	}

	/** The image could not be read or segmented, or its results not be written. */
	static ImageOutcome error(final InputImage image, final double seconds, final String error) {
		return new ImageOutcome(image, Status.ERROR, 0, seconds, error);
	}

	/** The run was stopped before the image was done. */
	static ImageOutcome canceled(final InputImage image) {
		return new ImageOutcome(image, Status.CANCELED, 0, 0, "");
	}

	InputImage image() {
		return image;
	}

	Status status() {
		return status;
	}

	/** Number of nuclei; meaningless unless the status is OK. */
	int count() {
		return count;
	}

	/** Time taken, reading and writing included. */
	double seconds() {
		return seconds;
	}

	/** What went wrong, on one line; empty unless the status is ERROR. */
	String error() {
		return error;
	}
}
