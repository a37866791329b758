package io.github.nuclei4j.batch;

import java.awt.Rectangle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.segment.PlaneAreas;

/** How an image is split into parts that are segmented each by itself: see {@link SplitWork}. Immutable. */
public final class SplitPlan implements Serializable {

	private static final long serialVersionUID = 1;
	private static final int ID_DIGITS = 16;

	private final InputState image;
	private final ChannelChoice channel;
	private final List<PlaneAreas> planes;
	private final long pixels;
	private final String id;

	/** Not sent with the plan, of which each part has a copy. */
	private transient List<Part> parts;

	/**
	 * @param image file that it is the plan of
	 * @param channel in which nuclei are looked for
	 * @param planes of the image: slices of the first frame, then of the second, ...
	 * @param pixels in a part, about
	 * @param settings the same text for the same way of segmenting
	 */
	SplitPlan(final InputState image, final ChannelChoice channel, final List<PlaneAreas> planes, final long pixels,
		final String settings)
	{
		this.channel = channel;
		this.image = image;
		this.planes = new ArrayList<>(planes);
		this.pixels = pixels;
		id = Sha256.of(settings + image + channel + planes + pixels).substring(0, ID_DIGITS);
	}

	private synchronized List<Part> all() {
		if (parts != null) return parts;
		final List<Part> made = new ArrayList<>();
		final Rectangle all = planes.get(0).plane();
		final long plane = (long) all.width * all.height;
		final int together = (int) Math.max(1, Math.min(planes.size(), pixels / plane));
		for (int first = 0; first < planes.size(); first += together) {
			final int end = Math.min(planes.size(), first + together);
			final List<Rectangle> areas = end - first > 1 ? Collections.singletonList(all) : planes.get(first).parts(pixels);
			for (final Rectangle area : areas) made.add(new Part(first, end, area));
		}
		parts = made;
		return parts;
	}

	/** A rectangle of one or several planes. */
	static final class Part {

		final int first;
		final int end;
		final Rectangle area;

		/** @param end plane after the last */
		Part(final int first, final int end, final Rectangle area) {
			this.first = first;
			this.end = end;
			this.area = area;
		}
	}

	/** Number of parts, at least 1. */
	public int parts() {
		return all().size();
	}

	/** Digits that are the same for the same image, segmented and split in the same way. */
	public String id() {
		return id;
	}

	/** The channel in which nuclei are looked for. */
	ChannelChoice channel() {
		return channel;
	}

	/** The image's file. */
	InputState image() {
		return image;
	}

	/** A part, from 0; in order, parts that hold a plane follow on those that hold the planes before it. */
	Part part(final int index) {
		return all().get(index);
	}

	/** A plane, from 0. */
	PlaneAreas plane(final int index) {
		return planes.get(index);
	}
}
