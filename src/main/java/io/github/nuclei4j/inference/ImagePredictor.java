package io.github.nuclei4j.inference;

import io.github.nuclei4j.data.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/** Runs a network over an image of any size. */
public interface ImagePredictor {

	/**
	 * Predicts one plane.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 * @param progress told the share done, 0 to 1; asked between tiles whether to stop
	 * @return axes (x, y, channel), the size of the image: all output channels, values 0 to 1, the first of which is the
	 *         probability of nucleus; see {@link Maps}
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	Img<FloatType> predict(RandomAccessibleInterval<? extends NumericType<?>> image, Progress progress);
}
