package io.github.nuclei4j.segment;

/**
 * Chooses at which scales a plane is shown to the network, from far to close: a quarter, half, and the image as it is, then
 * at the scale that brings small nuclei to the trained diameter. From far away texture, spots and noise are out of sight and
 * large nuclei whole; a look costs a quarter of one twice as close. Immutable.
 */
final class ScaleChoice {

	/** The first scale, and the least and the largest at which planes are shown to the network. */
	static final double FIRST = 0.25;
	static final double SMALLEST = 0.125;
	static final double LARGEST = 4;

	/** Stands for no further look. */
	static final double ENOUGH = 0;

	/**
	 * Diameter of typical nuclei for the network, as a share of the one that it was trained at, up to which a look is not too
	 * close. Chosen on DSB2018 training images by average precision: larger ones are found better in the image as it is than
	 * shrunk to the trained diameter.
	 */
	static final double MOST = 2;

	/** By which factor small nuclei may be below the trained diameter, after the image as it is and after another look. */
	private static final double BELOW = 1.3;
	private static final double STILL_BELOW = 1.5;

	/** Below this share of the trained diameter nuclei are worth the image as it is, which takes little. */
	private static final double LEAST = 0.625;

	/** Nuclei of less than this share of the trained diameter are small, and how much of all diameters are too many of them. */
	private static final double SMALL = 0.375;
	private static final double MANY = 0.25;

	private final double trained;

	/** @param trained diameter at which the network was trained, pixels */
	ScaleChoice(final double trained) {
		this.trained = trained;
	}

	/** Diameter of the largest nuclei that a look can show well, pixels of the image, for a network trained at a diameter. */
	static double largest(final double trained) {
		return MOST * trained / SMALLEST;
	}

	/** Whether the first look shows nuclei that are too large for it, so that one from further away is needed as well. */
	boolean isTooClose(final NucleusDiameters found) {
		return found.typical() * FIRST > MOST * trained;
	}

	/**
	 * The scale of the next look.
	 *
	 * @param found objects in all looks so far
	 * @param scale of the closest of them
	 * @return a larger one, or {@link #ENOUGH}
	 */
	double next(final NucleusDiameters found, final double scale) {
		if (scale >= LARGEST) return ENOUGH;
		final double typical = found.typical() * scale;
		if (scale < 1) {
			// twice as close nuclei are still not too large, there are small ones, or nothing was found yet
			return scale <= FIRST || !(typical * 2 > MOST * trained) || hasSmall(found, LEAST, scale) ? 2 * scale : ENOUGH;
		}
		final double wanted = Math.min(LARGEST, trained / found.typical());
		if (wanted > (scale > 1 ? STILL_BELOW : BELOW) * scale) return wanted;
		return hasSmall(found, SMALL, scale) ? Math.min(LARGEST, 2 * scale) : ENOUGH;
	}

	private boolean hasSmall(final NucleusDiameters found, final double share, final double scale) {
		return found.shareBelow(share * trained / scale) > MANY;
	}
}
