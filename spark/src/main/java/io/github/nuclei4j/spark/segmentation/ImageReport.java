package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;

/** What became of an image in one try, told to the driver. Immutable. */
final class ImageReport implements Serializable {

	/** How a try can end. */
	enum Status {
			/** Segmented now. */
			DONE,
			/** Segmented before, by an earlier run or by a task that was lost afterwards. */
			KEPT,
			/** Not segmented. */
			FAILED
	}

	private static final long serialVersionUID = 1;

	private final String name;
	private final Status status;
	private final int count;
	private final int channels;
	private final String message;
	/** For its task, which adds them up: the driver has not the memory for those of a million images. */
	private final transient StageTimes times;

	private ImageReport(final ImageTask image, final Status status, final int count, final int channels, final String message,
		final StageTimes times)
	{
		name = image.name();
		this.status = status;
		this.count = count;
		this.channels = channels;
		this.message = message;
		this.times = times;
	}

	/**
	 * @param count number of nuclei
	 * @param channels that they were measured in
	 * @param times of the work on the image
	 */
	static ImageReport done(final ImageTask image, final int count, final int channels, final StageTimes times) {
		return new ImageReport(image, Status.DONE, count, channels, "", times);
	}

	static ImageReport kept(final ImageTask image, final int count, final int channels) {
		return new ImageReport(image, Status.KEPT, count, channels, "", new StageTimes());
	}

	/** @param message what went wrong, on one line */
	static ImageReport failed(final ImageTask image, final String message, final StageTimes times) {
		return new ImageReport(image, Status.FAILED, 0, 0, message, times);
	}

	/** The image's name, by which the driver knows it: more of a million images it need not keep twice. */
	String name() {
		return name;
	}

	Status status() {
		return status;
	}

	/** Whether all the image's results are there. */
	boolean isFinished() {
		return status == Status.DONE || status == Status.KEPT;
	}

	int count() {
		return count;
	}

	int channels() {
		return channels;
	}

	String message() {
		return message;
	}

	/** Times of the work; null where the report was sent. */
	StageTimes times() {
		return times;
	}
}
