package io.github.nuclei4j.instance;

/**
 * Chooses at which scales a plane is shown to the network, from far to close, each twice the one before. From far away
 * texture, spots and noise are out of sight and large nuclei whole; a look costs a quarter of the next closer one. It comes
 * closer until the typical nucleus and most of the small ones are large enough for the network. Immutable.
 */
final class ScaleChoice {

	/** The first scale, and the least and the largest at which planes are shown to the network. */
	static final double FIRST = 0.25;
	static final double SMALLEST = 0.125;
	static final double LARGEST = 4;

	/** Stands for no further look. */
	static final double ENOUGH = 0;

	/**
	 * Diameters of typical nuclei for the network, as shares of the one that it was trained at, between which the image is best
	 * shown as it is. Chosen on DSB2018 training images by average precision: 0.70 there, 0.69 with the trained diameter itself.
	 */
	private static final double LEAST = 0.625;
	static final double MOST = 2;

	/** The same for the closest look, which takes sixteen times as long as the image as it is. */
	private static final double CLOSEST = 0.5;

	/** Nuclei of less than this share of the trained diameter are small, and how much of all diameters are too many of them. */
	private static final double SMALL = 0.375;
	private static final double MANY = 0.25;

	private final double trained;

	/** @param trained diameter at which the network was trained, pixels */
	ScaleChoice(final double trained) {
		this.trained = trained;
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
	 * @return twice as much, or {@link #ENOUGH}
	 */
	double next(final NucleusDiameters found, final double scale) {
		if (scale >= LARGEST) return ENOUGH;
		final double typical = found.typical() * scale;
		if (scale < 1) {
			// twice as close nuclei are still not too large, there are small ones, or nothing was found yet
			return scale <= FIRST || !(typical * 2 > MOST * trained) || hasSmall(found, LEAST, scale) ? 2 * scale : ENOUGH;
		}
		return typical < (scale < 2 ? LEAST : CLOSEST) * trained || hasSmall(found, SMALL, scale) ? 2 * scale : ENOUGH;
	}

	private boolean hasSmall(final NucleusDiameters found, final double share, final double scale) {
		return found.shareBelow(share * trained / scale) > MANY;
	}
}
