package io.github.nuclei4j.batch;

import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.util.Messages;

/** What became of one image of a run; one row of {@code images.csv}. */
public final class ImageOutcome {

	/** How the work on an image can end. */
	public enum Status {
			/** Segmented, now or by an earlier run, and all its files are there. */
			OK,
			/** Not read or segmented, or its files not written. */
			ERROR,
			/** The run was stopped before. */
			CANCELED
	}

	private final InputImage image;
	private final Status status;
	private final boolean kept;
	private final int count;
	private final double seconds;
	private final Throwable failure;
	private final List<String> notes;
	private final ChannelChoice channel;
	private final List<Double> diameters;

	private ImageOutcome(final InputImage image, final Status status, final boolean kept, final int count,
		final double seconds, final Throwable failure, final ChannelChoice channel, final List<String> notes,
		final List<Double> diameters)
	{
		this.channel = channel;
		this.diameters = diameters;
		this.image = image;
		this.status = status;
		this.kept = kept;
		this.count = count;
		this.seconds = seconds;
		this.failure = failure;
		this.notes = notes;
	}

	/** The image was segmented and all its results are written. */
	static ImageOutcome ok(final InputImage image, final int count, final double seconds) {
		return ok(image, count, seconds, null, Collections.emptyList(), Collections.emptyList());
	}

	/**
	 * As {@link #ok(InputImage, int, double)}, with the channel, what a person should know of the results, and the diameters of
	 * typical nuclei, pixels, by plane.
	 */
	static ImageOutcome ok(final InputImage image, final int count, final double seconds, final ChannelChoice channel,
		final List<String> notes, final List<Double> diameters)
	{
		return new ImageOutcome(image, Status.OK, false, count, seconds, null, channel, notes, diameters);
	}

	/** An earlier run did all that this one would do. */
	static ImageOutcome kept(final InputImage image, final ImageRecord record) {
		return new ImageOutcome(image, Status.OK, true, record.count(), record.seconds(), null, record.channel(), record
			.notes(), record.diameters());
	}

	/** The image could not be read or segmented, or its results not be written. */
	static ImageOutcome error(final InputImage image, final double seconds, final Throwable failure) {
		return new ImageOutcome(image, Status.ERROR, false, 0, seconds, failure, null, Collections.emptyList(), Collections
			.emptyList());
	}

	/** The run was stopped before the image was done. */
	static ImageOutcome canceled(final InputImage image) {
		return new ImageOutcome(image, Status.CANCELED, false, 0, 0, null, null, Collections.emptyList(), Collections
			.emptyList());
	}

	/** Which image. */
	public InputImage image() {
		return image;
	}

	/** How it ended. */
	public Status status() {
		return status;
	}

	/** Whether an earlier run had finished it, so that nothing had to be done. */
	public boolean isKept() {
		return kept;
	}

	/** Number of nuclei; meaningless unless the status is OK. */
	public int count() {
		return count;
	}

	/** Time taken, reading and writing included; by the earlier run if {@link #isKept()}. */
	public double seconds() {
		return seconds;
	}

	/** Which channel of the image was segmented, and why; null if it isn't known. */
	public ChannelChoice channel() {
		return channel;
	}

	/** What a person should know of the results, a sentence each: what was left out or reduced, and why. Mostly empty. */
	public List<String> notes() {
		return notes;
	}

	/** Diameter of the typical nucleus of each plane, pixels, or null; empty if nothing is known. */
	List<Double> diameters() {
		return diameters;
	}

	/** What went wrong, on one line; empty unless the status is ERROR. */
	public String error() {
		return failure == null ? "" : Messages.of(failure);
	}

	/** The failure itself; null unless the status is ERROR. */
	public Throwable failure() {
		return failure;
	}
}
