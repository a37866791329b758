package io.github.nuclei4j.inference;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/** Runs a network over an image of any size. */
public interface ImagePredictor {

	/**
	 * Predicts one plane.
	 *
	 * @param image as below
	 * @param progress as below
	 * @return maps of the size of the image, see below
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	default Img<FloatType> predict(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final Progress progress)
	{
		return predict(image, new FinalInterval(image.dimension(0), image.dimension(1)), progress);
	}

	/**
	 * Predicts a rectangle of a plane as part of the whole: its surroundings, as far as the network looks, and the brightness
	 * of the whole plane count.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 * @param region axes (x, y), counted from the image's first pixel, inside the image
	 * @param progress told the share done, 0 to 1; asked between tiles whether to stop
	 * @return axes (x, y, channel), the size of the region, from 0: all output channels, values 0 to 1, the first of which is the
	 *         probability of nucleus; see {@link ProbabilityMaps}
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	default Img<FloatType> predict(final RandomAccessibleInterval<? extends NumericType<?>> image, final Interval region,
		final Progress progress)
	{
		return predict(NormalizedImage.of(image), region, progress);
	}

	/** As above, of an image that is read as three channels of values from 0 to 1. */
	Img<FloatType> predict(NormalizedImage pixels, Interval region, Progress progress);

	/**
	 * Prepares a plane that is too large for maps of all of it: what depends on the whole plane is found, so that its pieces
	 * are predicted as the whole would be.
	 *
	 * @param pixels of the plane
	 * @param progress told the share done; asked whether to stop
	 * @throws IllegalArgumentException if it can't be predicted piece by piece
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	LargePlane prepare(NormalizedImage pixels, Progress progress);

	/**
	 * Prepares a plane of which all that depends on the whole is known, without reading it.
	 *
	 * @param fit found when another predictor of the same model and settings prepared the plane
	 */
	LargePlane prepare(NormalizedImage pixels, PlaneStatistics fit);
}
