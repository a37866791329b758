package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.image.PixelPatch;
import io.github.nuclei4j.inference.PlaneStatistics;

/**
 * How a plane is segmented by several programs or computers that have a part of it each: what the prediction has from the
 * whole, and the areas, which are the same however they are shared out. Immutable.
 */
public final class PlaneAreas implements Serializable {

	private static final long serialVersionUID = 1;

	private final int width;
	private final int height;
	private final PlaneStatistics fit;
	private final List<PixelPatch> drawn;
	private final int area;
	private final int margin;

	/**
	 * @param width of the plane, pixels
	 * @param height of the plane, pixels
	 * @param drawn into the plane
	 * @param area width and height of areas, pixels
	 * @param margin surroundings that they are separated with, pixels
	 */
	PlaneAreas(final int width, final int height, final PlaneStatistics fit, final List<PixelPatch> drawn, final int area,
		final int margin)
	{
		this.drawn = new ArrayList<>(drawn);
		this.width = width;
		this.height = height;
		this.fit = fit;
		this.area = area;
		this.margin = margin;
	}

	/** What the prediction has from the whole plane. */
	public PlaneStatistics fit() {
		return fit;
	}

	/** What was drawn into the plane and is not shown to the network. */
	List<PixelPatch> drawn() {
		return drawn;
	}

	/** The plane. */
	public Rectangle plane() {
		return new Rectangle(width, height);
	}

	/** Width and height of areas, pixels. */
	int area() {
		return area;
	}

	/** Surroundings that they are separated with, pixels. */
	int margin() {
		return margin;
	}

	/**
	 * Cuts the plane into parts of whole areas, nearly squares of the same size.
	 *
	 * @param pixels in a part, about; it has one area at least
	 * @return rows of parts from the top, each from the left
	 */
	public List<Rectangle> parts(final long pixels) {
		final int columns = 1 + (width - 1) / area;
		final int rows = 1 + (height - 1) / area;
		final long wanted = 1 + ((long) width * height - 1) / pixels;
		int across = 1;
		int down = 1;
		double least = Double.POSITIVE_INFINITY;
		for (int i = 1; i <= Math.min(columns, wanted); i++) {
			final int k = (int) Math.min(rows, (wanted + i - 1) / i);
			final boolean enough = (long) i * k >= wanted || i == columns;
			// what is seen twice
			final double edges = (double) width * k + (double) height * i;
			if (!enough || edges >= least) continue;
			least = edges;
			across = i;
			down = k;
		}
		final List<Rectangle> parts = new ArrayList<>();
		for (int k = 0; k < down; k++) {
			for (int i = 0; i < across; i++) {
				final int x = cut(i, across, columns);
				final int y = cut(k, down, rows);
				parts.add(new Rectangle(x, y, cut(i + 1, across, columns) - x, cut(k + 1, down, rows) - y).intersection(plane()));
			}
		}
		return parts;
	}

	private int cut(final int index, final int parts, final int areas) {
		return (int) ((long) index * areas / parts) * area;
	}

	/** All of it, so that texts are the same for the same planes only. */
	@Override
	public String toString() {
		return width + " " + height + " " + area + " " + margin + " " + fit;
	}
}
