package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.Objects;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SizeUnit;

/** How cells are made from nuclei and measured. Immutable. */
public final class CellOptions implements Serializable {

	private static final long serialVersionUID = 1;

	/** Beyond, cells of any image would be decided by the image's borders. */
	private static final double FARTHEST = 10_000;

	private final double distance;
	private final double gap;
	private final SizeUnit unit;
	private final CellLimit limit;
	private final CellBackground background;
	private final Stains stains;

	private CellOptions(final double distance, final double gap, final SizeUnit unit, final CellLimit limit,
		final CellBackground background, final Stains stains)
	{
		this.distance = distance;
		this.gap = gap;
		this.unit = unit;
		this.limit = limit;
		this.background = background;
		this.stains = stains;
	}

	/**
	 * Nuclei grown by a distance in pixels, without gap, limit and background correction.
	 *
	 * @param distance 0 (the cells are the nuclei, without a ring) to 10,000
	 */
	public static CellOptions within(final double distance) {
		require(distance >= 0 && distance <= FARTHEST, "The distance that cells reach beyond their nucleus must be 0 to 10,000, got " +
			Automatic.text(distance) + ".");
		return new CellOptions(distance, 0, SizeUnit.PIXELS, null, CellBackground.NONE, null);
	}

	/** Distance from the nucleus to the ring, 0 or more and below that to the cell's edge; default 0. */
	public CellOptions gap(final double length) {
		require(length == 0 || length > 0 && length < distance, "The gap between nucleus and ring must be 0 or more and below the distance, " +
			Automatic.text(distance) + ", got " + Automatic.text(length) + ".");
		return new CellOptions(distance, length, unit, limit, background, stains);
	}

	/** What distance and gap are in, default pixels. */
	public CellOptions unit(final SizeUnit value) {
		return new CellOptions(distance, gap, Objects.requireNonNull(value, "unit"), limit, background, stains);
	}

	/** Where cells may be; null (default) for anywhere. */
	public CellOptions limit(final CellLimit value) {
		return new CellOptions(distance, gap, unit, value, background, stains);
	}

	/** What is taken away from the intensities, default nothing. */
	public CellOptions background(final CellBackground value) {
		return new CellOptions(distance, gap, unit, limit, Objects.requireNonNull(value, "background"), stains);
	}

	/** Stains that are separated and measured in place of red, green and blue; null (default) for none. */
	public CellOptions stains(final Stains value) {
		return new CellOptions(distance, gap, unit, limit, background, value);
	}

	/** The image whose channels are measured: the stains of a colour image if they are wanted, else the image itself. */
	ImagePlus measured(final ImagePlus image) {
		return stains == null ? image : stains.separate(image);
	}

	/** Where cells may be; null for anywhere. */
	CellLimit limit() {
		return limit;
	}

	/** What is taken away from the intensities. */
	CellBackground background() {
		return background;
	}

	/**
	 * The cells of nuclei in an image of a calibration.
	 *
	 * @throws IllegalArgumentException if lengths are in the image's unit, and it has none
	 */
	CellMap grow(final int[] nuclei, final int width, final int height, final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		if (unit == SizeUnit.PIXELS) return CellMap.grow(nuclei, width, height, distance, gap, 1);
		final double pixel = calibration.pixelWidth;
		return CellMap.grow(nuclei, width, height, distance / pixel, gap / pixel, calibration.pixelHeight / pixel);
	}

	/**
	 * Checks that the image has what these options need, before anything is measured.
	 *
	 * @throws IllegalArgumentException that says what is missing
	 */
	void check(final ImagePlus image, final int channels) {
		background.check(channels, image.getTitle());
		require(unit == SizeUnit.PIXELS || Scales.isReal(image.getCalibration()), "The image '" + image.getTitle() + "' has " + Scales
			.describe(image.getCalibration()) + ", so the distance of cells can't be a calibrated one. Set the real size of a pixel with" +
			" Image > Properties..., or give distances in pixels.");
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** All of it, the same for the same options only. */
	@Override
	public String toString() {
		return "distance " + Automatic.text(distance) + ", gap " + Automatic.text(gap) + ", unit " + unit + ", limit " + (limit == null
			? "none" : limit) + ", background " + background + (stains == null ? "" : ", stains " + stains);
	}
}
