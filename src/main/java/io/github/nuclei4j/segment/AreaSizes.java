package io.github.nuclei4j.segment;

import io.github.nuclei4j.inference.LargePlane;

/**
 * How a large plane is cut: into strips of columns whose maps are predicted from top to bottom, and these into areas whose
 * nuclei are separated with a margin of surroundings. Immutable.
 */
final class AreaSizes {

	/** So many typical nuclei of surroundings: what is further away doesn't change how nuclei are separated. */
	private static final int NUCLEI_IN_MARGIN = 8;

	/** Margin for models that don't know how large nuclei are, pixels; also the least margin divided by the scale. */
	private static final int MARGIN = 256;

	/** Width and height of an area, pixels, at least, if there is memory. */
	private static final int AREA = 1024;

	/** What separating takes beside the maps of the rows, bytes per pixel of an area and its margin. */
	private static final int BYTES_PER_PIXEL = 80;

	/** What each scale but one takes besides. */
	private static final int BYTES_PER_LOOK = 30;

	final int area;
	final int margin;
	final int strip;

	/**
	 * @param area width and height, pixels
	 * @param margin surroundings on each side, pixels
	 * @param strip width, pixels; made a multiple of the area
	 */
	AreaSizes(final int area, final int margin, final int strip) {
		this.area = area;
		this.margin = margin;
		this.strip = Math.max(1, strip / area) * area;
	}

	/**
	 * The sizes that suit a plane.
	 *
	 * @param diameter at which nuclei are shown to the network, pixels, or NaN
	 * @param bytes that there are for maps and separation
	 * @throws IllegalArgumentException if that is too little; the message says how much it must be
	 */
	static AreaSizes of(final LargePlane plane, final double diameter, final long bytes) {
		final int margin = (int) Math.ceil((Double.isNaN(diameter) ? MARGIN : NUCLEI_IN_MARGIN * diameter) / plane.scale());
		final int smallest = (margin + 1) / 2;
		int area = Math.max(AREA, 2 * margin);
		while (area > smallest && bytes(plane, area, margin, 4 * area) > bytes) area = Math.max(smallest, area / 2);
		return of(plane, area, margin, Math.max(plane.width(), plane.height()), bytes);
	}

	/**
	 * The widest strip that suits the memory.
	 *
	 * @param area width and height of an area, pixels
	 * @param margin surroundings on each side, pixels
	 * @param most width of the strip, pixels; made a multiple of the area
	 * @throws IllegalArgumentException as above
	 */
	static AreaSizes of(final LargePlane plane, final int area, final int margin, final int most, final long bytes) {
		int strip = Math.max(area, most);
		while (strip > area && bytes(plane, area, margin, strip) > bytes) strip -= area;
		final long least = bytes(plane, area, margin, area);
		if (least > bytes) {
			throw new IllegalArgumentException("Segmenting a plane of " + plane.width() + " x " + plane.height() +
				" pixels area by area needs at least " + (least >> 20) + " MB of memory for the areas, there are " + (Math.max(0,
					bytes) >> 20) + ". Give Java more memory (-Xmx, or Edit > Options > Memory & Threads...).");
		}
		return new AreaSizes(area, margin, strip);
	}

	/** What maps and separation take with such sizes, bytes. */
	static long bytes(final LargePlane plane, final int area, final int margin, final int strip) {
		final long columns = Math.min(plane.width(), strip + 2L * margin);
		final long seen = Math.min(area + 2L * margin, plane.width()) * Math.min(area + 2L * margin, plane.height());
		return plane.bytesPerColumn(Math.min(plane.height(), area + 2 * margin)) * columns + (BYTES_PER_PIXEL + (plane
			.scales().length - 1) * BYTES_PER_LOOK) * seen;
	}
}
