package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;

import io.github.nuclei4j.batch.SplitPlan;

/** What became of an image in one try, told to the driver. Immutable. */
final class ImageReport implements Serializable {

	/** How a try can end. */
	enum Status {
			/** Segmented now. */
			DONE,
			/** Segmented before, by an earlier run or by a task that was lost afterwards. */
			KEPT,
			/** Looked at: it is large, and to be segmented in parts. */
			SPLIT,
			/** A part of it segmented. */
			PART,
			/** Not segmented. */
			FAILED,
			/** Not segmented, since whatever virtual machine worked on it ended: not to be tried again. */
			DEADLY
	}

	private static final long serialVersionUID = 1;

	private final String name;
	private final Status status;
	private final int count;
	private final int channels;
	private final String message;
	/** For its task, which adds them up: the driver has not the memory for those of a million images. */
	private final transient StageTimes times;
	private final Share share;

	/** Of large images: how they are split, the time until then or of a part, and which part. */
	private static final class Share implements Serializable {

		private static final long serialVersionUID = 1;

		private final SplitPlan plan;
		private final double seconds;
		private final int part;

		Share(final SplitPlan plan, final double seconds, final int part) {
			this.plan = plan;
			this.seconds = seconds;
			this.part = part;
		}
	}

	private ImageReport(final ImageTask image, final Status status, final int count, final int channels, final String message,
		final StageTimes times)
	{
		this(image, status, count, channels, message, times, null);
	}

	private ImageReport(final ImageTask image, final Status status, final int count, final int channels, final String message,
		final StageTimes times, final Share share)
	{
		this.share = share;
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

	/** @param plan how the image is to be split */
	static ImageReport split(final ImageTask image, final SplitPlan plan, final StageTimes times) {
		return new ImageReport(image, Status.SPLIT, 0, 0, "", times, new Share(plan, times.seconds(), 0));
	}

	/** @param part from 0 */
	static ImageReport part(final ImageTask image, final int part, final StageTimes times) {
		return new ImageReport(image, Status.PART, 0, 0, "", times, new Share(null, times.seconds(), part));
	}

	/** @param message what went wrong, on one line */
	static ImageReport failed(final ImageTask image, final String message, final StageTimes times) {
		return new ImageReport(image, Status.FAILED, 0, 0, message, times);
	}

	/** @param message how it ended */
	static ImageReport deadly(final ImageTask image, final String message) {
		return new ImageReport(image, Status.DEADLY, 0, 0, "Java ended, again and again, while it worked on the image: " + message,
			new StageTimes());
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

	/** How the image is to be split; for those only. */
	SplitPlan plan() {
		return share.plan;
	}

	/** Time until an image was found to be split, or of a part; for these only. */
	double seconds() {
		return share.seconds;
	}

	/** Which part it is of; for these only. */
	int part() {
		return share.part;
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
