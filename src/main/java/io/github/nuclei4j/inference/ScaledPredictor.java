package io.github.nuclei4j.inference;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Predicts a whole image at once, scaled bilinearly to the size the model was trained at, as the training images were; the
 * maps are scaled back bilinearly. Width and height are scaled separately; large images lose their detail.
 */
public final class ScaledPredictor implements ImagePredictor {

	private final Predictor predictor;
	private final ModelInfo model;

	/**
	 * @param predictor run on the scaled image; stays open
	 * @param model of the predictor
	 */
	public ScaledPredictor(final Predictor predictor, final ModelInfo model) {
		this.predictor = predictor;
		this.model = model;
	}

	@Override
	public Img<FloatType> predict(final NormalizedImage pixels, final Interval region, final Progress progress) {
		progress.checkCanceled();
		progress.update(0, "Finding nuclei");
		final int size = model.layout().trainingSize();
		final float[] scaled = shrink(pixels, size);
		final Scaling scaling = model.normalizer().fit(scaled);
		for (int i = 0; i < scaled.length; i++) scaled[i] = scaling.apply(scaled[i]);
		final int channels = model.target().channels();
		final float[] maps = PredictedMaps.of(predictor, new Tensor(scaled, 1, 3, size, size), channels);
		progress.checkCanceled();
		final int width = (int) region.dimension(0);
		final int height = (int) region.dimension(1);
		final PlanarImg<FloatType, FloatArray> result = ProbabilityMaps.create(width, height, channels);
		final LinearAxis x = new LinearAxis(size, pixels.width(), (int) region.min(0), width);
		final LinearAxis y = new LinearAxis(size, pixels.height(), (int) region.min(1), height);
		for (int c = 0; c < channels; c++) {
			final float[] plane = ProbabilityMaps.plane(result, c);
			final int from = c * size * size;
			for (int j = 0; j < height; j++) {
				x.interpolate(maps, from + y.lower[j] * size, from + y.upper[j] * size, y.share[j], plane, j * width);
			}
		}
		progress.update(1, "Finding nuclei");
		return result;
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final Progress progress) {
		throw new IllegalArgumentException("A plane of " + pixels.width() + " x " + pixels.height() +
			" pixels is too large to be scaled to " + model.layout().trainingSize() + " x " + model.layout().trainingSize() +
			" pixels as a whole. Choose the mode 'tiles', or segment parts of it.");
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final PlaneStatistics fit) {
		return prepare(pixels, Progress.NONE);
	}

	/** Three planes of size x size, read two rows at a time. */
	private static float[] shrink(final NormalizedImage pixels, final int size) {
		final int width = pixels.width();
		final LinearAxis x = new LinearAxis(width, size, 0, size);
		final LinearAxis y = new LinearAxis(pixels.height(), size, 0, size);
		final float[] planes = new float[3 * size * size];
		final float[] rows = new float[3 * 2 * width];
		for (int j = 0; j < size; j++) {
			// where the image ends, the row beyond is mirrored: its share is 0 then
			pixels.copy(0, y.lower[j], width, 2, rows);
			final float share = y.upper[j] == y.lower[j] ? 0 : y.share[j];
			for (int c = 0; c < 3; c++) {
				x.interpolate(rows, 2 * c * width, (2 * c + 1) * width, share, planes, (c * size + j) * size);
			}
		}
		return planes;
	}

	/** Bilinear positions of one axis: pixel centres to pixel centres, the outermost pixels continued outside. */
	private static final class LinearAxis {

		private final int[] lower;
		private final int[] upper;
		private final float[] share;

		/** Of {@code to} positions those from {@code first} on. */
		LinearAxis(final int from, final int to, final int first, final int count) {
			lower = new int[count];
			upper = new int[count];
			share = new float[count];
			final double step = (double) from / to;
			for (int i = 0; i < count; i++) {
				final double position = Math.max(0, Math.min(from - 1, (first + i + 0.5) * step - 0.5));
				lower[i] = (int) position;
				upper[i] = Math.min(from - 1, lower[i] + 1);
				share[i] = (float) (position - lower[i]);
			}
		}

		/** One row of results from the rows that begin at two offsets. */
		void interpolate(final float[] source, final int above, final int below, final float belowShare,
			final float[] target, final int offset)
		{
			for (int i = 0; i < lower.length; i++) {
				final float a = source[above + lower[i]] + share[i] * (source[above + upper[i]] - source[above + lower[i]]);
				final float b = source[below + lower[i]] + share[i] * (source[below + upper[i]] - source[below + lower[i]]);
				target[offset + i] = a + belowShare * (b - a);
			}
		}
	}
}
