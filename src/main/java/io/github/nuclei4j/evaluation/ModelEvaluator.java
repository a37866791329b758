package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.ImagePatch;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Scores a model on annotated images in two ways: the labels it finds at the image's own resolution, pixel by pixel and
 * nucleus by nucleus; and, comparable with the published study, the pixels of the whole image scaled to 256 x 256 at the
 * threshold 0.4. Images are not altered. For one thread at a time; holds native memory until it is closed.
 */
public final class ModelEvaluator implements AutoCloseable {

	/** Width and height to which whole images are scaled for the published study's scores, pixels. */
	public static final int SCALED_SIZE = 256;

	/** Probability from which a pixel of a scaled image is nucleus. */
	public static final double SCALED_THRESHOLD = 0.4;

	/** Share of an image's time that the scaled image takes; only for the display of progress. */
	private static final double SCALED_SHARE = 0.3;

	private final Predictor predictor;
	private final ModelInfo model;
	private final SegmentationOptions options;
	private final NucleusSegmenter segmenter;
	private long smallest;

	/**
	 * @param model to score; stays usable after this is closed
	 * @param options of the segmentation at the images' own resolution
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public ModelEvaluator(final NucleusModel model, final SegmentationOptions options) {
		this(Predictors.of(model, options.backend()), model.info(), options);
	}

	/**
	 * @param predictor to score; closed with this
	 * @param model what the predictor takes and gives
	 * @param options of the segmentation at the images' own resolution
	 */
	public ModelEvaluator(final Predictor predictor, final ModelInfo model, final SegmentationOptions options) {
		this.predictor = predictor;
		this.model = model;
		this.options = options;
		segmenter = new NucleusSegmenter(predictor, model);
	}

	/**
	 * Leaves the smallest nuclei out of the scores of nuclei.
	 *
	 * @param pixels area of the smallest nucleus that counts; 0 (default) for all
	 * @return this
	 */
	public ModelEvaluator smallest(final long pixels) {
		smallest = pixels;
		return this;
	}

	/** The ids of the data set's images that are, by their ids, among those the model was trained on. */
	public static List<String> trainedOn(final ModelInfo model, final NucleusDataset data) {
		final List<String> ids = new ArrayList<>(data.ids());
		final Set<String> known = new HashSet<>(model.training().map(TrainingRecord::trainingIds).orElse(Collections
			.emptyList()));
		ids.retainAll(known);
		return Collections.unmodifiableList(ids);
	}

	/**
	 * The part of the data set that the model was not trained on, by the images' ids.
	 *
	 * @throws IllegalArgumentException if it was trained on all of it
	 */
	public static NucleusDataset unseen(final ModelInfo model, final NucleusDataset data) {
		final List<String> seen = trainedOn(model, data);
		if (seen.isEmpty()) return data;
		final List<String> ids = new ArrayList<>(data.ids());
		ids.removeAll(new HashSet<>(seen));
		if (ids.isEmpty()) throw new IllegalArgumentException("The model '" + model.name() + "' was trained on all " + data
			.size() + " images of '" + data.name() + "'. Score it on images that are new to it.");
		return data.subset(data.name() + " (new to " + model.name() + ")", ids);
	}

	/**
	 * Scores the model on all images.
	 *
	 * @param data at least one image
	 * @param listener is given each image when it is done; it may keep it, which keeps its pixels in memory
	 * @param progress told the share done; asked between images and tiles whether to stop
	 * @throws IOException if an image can't be read
	 * @throws CancellationException if the user asked to stop
	 * @throws IllegalArgumentException if there are no images
	 */
	public Evaluation evaluate(final NucleusDataset data, final Consumer<EvaluatedImage> listener, final Progress progress)
		throws IOException
	{
		final int size = data.size();
		if (size == 0) throw new IllegalArgumentException("The data set '" + data.name() +
			"' has no images. Choose one with at least one annotated image.");
		final ThresholdSweep sweep = ThresholdSweep.percents();
		final List<ImageScores> images = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			progress.checkCanceled();
			progress.update((double) i / size, "Scoring image " + (i + 1) + " of " + size);
			final EvaluatedImage image = evaluate(data.get(i), sweep, progress.part((double) i / size, (i + 1.0) / size));
			images.add(image.scores());
			listener.accept(image);
		}
		progress.update(1, "Scored " + size + (size == 1 ? " image" : " images"));
		return new Evaluation(model.name(), data.name(), images, sweep, trainedOn(model, data));
	}

	private EvaluatedImage evaluate(final NucleusSample sample, final ThresholdSweep sweep, final Progress progress) {
		final SemanticScores scaled = scoreScaled(sample, sweep, progress.part(0, SCALED_SHARE));
		final ImagePlus image = imagePlus(sample);
		final long start = System.nanoTime();
		final Segmentation found = segmenter.segment(image, options.channel(Channel.ALL), progress.part(SCALED_SHARE, 1));
		final double seconds = (System.nanoTime() - start) / 1e9;
		@SuppressWarnings("unchecked") // a label image is never RGB
		final RandomAccessibleInterval<? extends RealType<?>> labels =
			(RandomAccessibleInterval<? extends RealType<?>>) (RandomAccessibleInterval<?>) ImagePlanes.plane(found.labels(), 1,
				1, 1);
		LabelPixels.checkSameSize(sample.labels(), labels);
		final int[] truth = LabelPixels.of(sample.labels());
		final int[] predicted = LabelPixels.of(labels);
		final InstanceMatching matching = InstanceMatching.of(truth, predicted, smallest);
		return new EvaluatedImage(sample, found, matching, new ImageScores(sample.id(), SemanticScores.ofLabels(truth,
			predicted), matching.scores(), scaled, seconds));
	}

	/** The image and its labels scaled as for training; the network sees it in one piece. */
	private SemanticScores scoreScaled(final NucleusSample sample, final ThresholdSweep sweep, final Progress progress) {
		final int size = model.layout().padded(SCALED_SIZE);
		// nothing is drawn from the random numbers
		final ImagePatch patch = Augmentation.none().apply(sample, size, size, new Random(0));
		final float[] pixels = patch.pixels();
		// interpolation may leave 0..1 by a rounding error, and then the range would be taken for another one
		for (int i = 0; i < pixels.length; i++) pixels[i] = Math.max(0, Math.min(1, pixels[i]));
		final Img<FloatType> result = new TiledPredictor(predictor, model, size, 0).predict(ArrayImgs.floats(pixels, size, size,
			3), progress);
		final float[] probability = ProbabilityMaps.plane(result, 0);
		final float[] truth = new float[patch.labels().length];
		for (int i = 0; i < truth.length; i++) truth[i] = patch.labels()[i] == 0 ? 0 : 1;
		sweep.add(truth, probability);
		return SemanticScores.of(truth, probability, SCALED_THRESHOLD);
	}

	/** The sample's image as the segmenter takes it: three channels of values from 0 to 1. */
	private static ImagePlus imagePlus(final NucleusSample sample) {
		final NormalizedImage pixels = NormalizedImage.of(sample.image());
		final int width = pixels.width();
		final int height = pixels.height();
		final ImageStack stack = new ImageStack(width, height);
		for (int c = 0; c < 3; c++) stack.addSlice(new FloatProcessor(width, height));
		final float[] row = new float[3 * width];
		for (int y = 0; y < height; y++) {
			pixels.copy(0, y, width, 1, row);
			for (int c = 0; c < 3; c++) System.arraycopy(row, c * width, stack.getPixels(c + 1), y * width, width);
		}
		final ImagePlus image = new ImagePlus(sample.id(), stack);
		image.setDimensions(3, 1, 1);
		return image;
	}

	/** Closes the predictor. */
	@Override
	public void close() {
		segmenter.close();
	}
}
