package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

import io.github.nuclei4j.image.LabelFile;
import io.github.nuclei4j.inference.PlaneSize;

/** Puts the areas of a plane together to the plane's labels. For one plane and one thread. */
final class AreaJoiner {

	private final Rectangle plane;
	private final int area;
	private final LabelFile labels;
	private final int index;
	private final LargeSegmenter.ProbabilitySink probabilities;
	private final NucleusParts parts;
	private final Seams seams;
	private long pixels;

	/**
	 * @param plane all of it
	 * @param area width and height of areas, pixels
	 * @param margin that they were separated with, pixels
	 * @param labels receives the numbers of the nuclei
	 * @param index of the plane in the labels, from 0
	 * @param probabilities receives the probability of nucleus, or null
	 */
	AreaJoiner(final Rectangle plane, final int area, final int margin, final LabelFile labels, final int index,
		final LargeSegmenter.ProbabilitySink probabilities)
	{
		this.plane = plane;
		this.area = area;
		this.labels = labels;
		this.index = index;
		this.probabilities = probabilities;
		parts = new NucleusParts(plane.width, plane.height);
		seams = new Seams(parts, Math.min(margin, Seams.REACH));
	}

	/** Adds an area; those on its left and above it must have been here before. */
	void add(final AreaNuclei nuclei) throws IOException {
		final Rectangle core = nuclei.core();
		final int before = parts.addAll(nuclei.parts());
		seams.add(nuclei, before, core.x / area, core.y / area, plane);
		labels.write(index, core, nuclei.parts(core, before), 0, core.width);
		if (probabilities != null) nuclei.tell(probabilities);
		pixels += (long) core.width * core.height;
	}

	/**
	 * Numbers the nuclei.
	 *
	 * @param dropBorder whether those that touch the plane's border are left out
	 * @param before the number before the first
	 * @param size what was found of the plane, for its labels
	 * @throws IOException if areas are missing, or the labels can't be written
	 */
	PlaneNuclei finish(final boolean dropBorder, final int before, final Function<BrightArea.Rows, PlaneSize> size) throws IOException {
		if (pixels != (long) plane.width * plane.height) throw new IOException("Only " + pixels + " of " + (long) plane.width *
			plane.height + " pixels of a plane are there. Segment the image again.");
		final PlaneNuclei nuclei = parts.number(dropBorder, before, seams.conflicts());
		labels.replace(index, nuclei::numberOf);
		try {
			return nuclei.numbered(size.apply(this::row));
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private int[] row(final int y) {
		try {
			return labels.read(index, new Rectangle(0, y, plane.width, 1));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
