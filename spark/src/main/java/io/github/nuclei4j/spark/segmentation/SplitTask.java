package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;

import io.github.nuclei4j.batch.SplitPlan;

/** What a task does for a large image: a part of it, or the end, when all parts are there. Immutable. */
final class SplitTask implements Serializable {

	private static final long serialVersionUID = 1;
	private static final int END = -1;

	private final ImageTask image;
	private final SplitPlan plan;
	private final int part;
	private final double seconds;

	private SplitTask(final ImageTask image, final SplitPlan plan, final int part, final double seconds) {
		this.image = image;
		this.plan = plan;
		this.part = part;
		this.seconds = seconds;
	}

	/** @param index of the part, from 0 */
	static SplitTask part(final ImageTask image, final SplitPlan plan, final int index) {
		return new SplitTask(image, plan, index, 0);
	}

	/** @param seconds that everything before took */
	static SplitTask end(final ImageTask image, final SplitPlan plan, final double seconds) {
		return new SplitTask(image, plan, END, seconds);
	}

	ImageTask image() {
		return image;
	}

	SplitPlan plan() {
		return plan;
	}

	boolean isEnd() {
		return part == END;
	}

	int part() {
		return part;
	}

	double seconds() {
		return seconds;
	}
}
