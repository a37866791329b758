package io.github.nuclei4j.inference;

import java.io.Serializable;

/** How large the nuclei of a plane are, and what makes that or the result doubtful. Immutable. */
public final class PlaneSize implements Serializable {

	private static final long serialVersionUID = 1;

	/** Of a plane whose nuclei were not measured. */
	public static final PlaneSize UNKNOWN = new PlaneSize(Double.NaN, 1, 0, 0, 0, 0);

	private final double diameter;
	private final double scale;
	private final double pieces;
	private final double doubtful;
	private final double unexplained;
	private final int drawn;

	private PlaneSize(final double diameter, final double scale, final double pieces, final double doubtful,
		final double unexplained, final int drawn)
	{
		this.diameter = diameter;
		this.scale = scale;
		this.pieces = pieces;
		this.doubtful = doubtful;
		this.unexplained = unexplained;
		this.drawn = drawn;
	}

	/**
	 * Of a plane that was shown to the network so.
	 *
	 * @param diameter of the typical nucleus, pixels, or NaN
	 * @param scale of the closest look, pixels that the network saw / pixels of the image
	 */
	public static PlaneSize of(final double diameter, final double scale) {
		return new PlaneSize(diameter, scale, 0, 0, 0, 0);
	}

	/**
	 * This with doubts about what was seen.
	 *
	 * @param inPieces share of the objects that a closer look saw in pieces, 0 to 1
	 * @param unsure share of the area of all objects that lies in those of which the network is unsure, 0 to 1
	 */
	public PlaneSize doubts(final double inPieces, final double unsure) {
		return new PlaneSize(diameter, scale, inPieces, unsure, unexplained, drawn);
	}

	/**
	 * This with what came of the plane.
	 *
	 * @param outside share of the bright area that lies in no nucleus, 0 to 1
	 * @param removed number of objects removed because they were drawn into the image
	 */
	public PlaneSize outcome(final double outside, final int removed) {
		return new PlaneSize(diameter, scale, pieces, doubtful, outside, removed);
	}

	/** Diameter of the typical nucleus, pixels: as given, or found; NaN if there was none, or none was needed. */
	public double diameter() {
		return diameter;
	}

	/** Pixels that the network saw / pixels of the image, in the closest look. */
	public double scale() {
		return scale;
	}

	/** Share of the objects that a closer look saw in pieces, such as spots or texture, 0 to 1. */
	public double pieces() {
		return pieces;
	}

	/** Share of the area of all objects that lies in those of which the network is unsure, 0 to 1. */
	public double doubtful() {
		return doubtful;
	}

	/** Share of the bright area that lies in no nucleus, 0 to 1. */
	public double unexplained() {
		return unexplained;
	}

	/** Number of objects removed because they were drawn into the image: scale bars, letters. */
	public int drawn() {
		return drawn;
	}

	@Override
	public String toString() {
		return diameter + " " + scale + " " + pieces + " " + doubtful + " " + unexplained + " " + drawn;
	}
}
