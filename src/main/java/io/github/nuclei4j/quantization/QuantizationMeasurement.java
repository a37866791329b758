package io.github.nuclei4j.quantization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.evaluation.EvaluatedImage;
import io.github.nuclei4j.evaluation.ImageScores;
import io.github.nuclei4j.evaluation.ModelEvaluator;
import io.github.nuclei4j.evaluation.ScoreStatistics;
import io.github.nuclei4j.inference.EnginePredictor;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StagedFiles;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Runs a model and its quantized one over the same images, in turns, image by image. Each image is first answered (and
 * scored) by both; then both answer it again in turns, which is timed: by then everything is loaded and planned. The median
 * of the turns counts; there are three, or fewer if the image takes long.
 */
final class QuantizationMeasurement {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults();

	/** Timed runs of each model on an image. */
	private static final int TURNS = 3;

	/** No further turn begins after so many seconds. */
	private static final double ENOUGH_SECONDS = 2;

	private final Path original;
	private final Path quantized;
	private final QuantizationImages images;
	private final boolean calibrated;

	/** @param images null if only the files are to be measured */
	QuantizationMeasurement(final Path original, final Path quantized, final QuantizationImages images,
		final boolean calibrated)
	{
		this.original = original;
		this.quantized = quantized;
		this.images = images;
		this.calibrated = calibrated;
	}

	/** @param maps for the disagreement maps; null for none */
	QuantizationReport run(final StagedFiles maps, final Consumer<MeasuredImage> listener, final Progress progress)
		throws IOException
	{
		final List<MeasuredImage> measured = new ArrayList<>();
		if (images == null) {
			return new QuantizationReport(QuantizationReport.Side.of(original, "not run"), QuantizationReport.Side.of(quantized,
				"not run"), "No images were given: neither time nor answers were measured.", false, measured);
		}
		final NucleusModel first = ModelFile.read(original);
		final NucleusModel second = ModelFile.read(quantized);
		final ImageSplit split = images.split(first.info(), calibrated);
		try (Contestant before = new Contestant(first); Contestant after = new Contestant(second)) {
			final int size = split.measured().size();
			for (int i = 0; i < size; i++) {
				progress.checkCanceled();
				final int index = split.measured().get(i);
				progress.update((double) i / size, "Measuring on image " + (i + 1) + " of " + size);
				final MeasuredImage image = measure(before, after, index, progress.part((double) i / size, (i + 1.0) / size));
				if (maps != null) ImageWriter.png(image.map(), QuantizationReport.mapFile(maps.stage(), image.id()));
				listener.accept(image);
				measured.add(image.withoutMap());
			}
			progress.update(1, "Measured on " + size + (size == 1 ? " image" : " images"));
			return new QuantizationReport(QuantizationReport.Side.of(original, before.engine()), QuantizationReport.Side.of(
				quantized, after.engine()), split.sentence(), images.annotated().isPresent(), measured);
		}
	}

	private MeasuredImage measure(final Contestant before, final Contestant after, final int index, final Progress progress)
		throws IOException
	{
		final RandomAccessibleInterval<? extends NumericType<?>> image = images.image(index);
		final Answered first = answer(before, image, index, progress.part(0, 0.4));
		final Answered second = answer(after, image, index, progress.part(0.4, 0.8));
		final double[] seconds = seconds(before, after, image, progress.part(0.8, 1));
		final double threshold = before.info.threshold();
		return new MeasuredImage(images.ids().get(index), ProbabilityChange.of(first.probabilities, second.probabilities,
			threshold), first.after(seconds[0]), second.after(seconds[1]), () -> DisagreementPicture.paint(image,
				first.probabilities, second.probabilities, threshold));
	}

	/** Seconds of the two models. */
	private static double[] seconds(final Contestant before, final Contestant after,
		final RandomAccessibleInterval<? extends NumericType<?>> image, final Progress progress)
	{
		final List<Double> first = new ArrayList<>();
		final List<Double> second = new ArrayList<>();
		double spent = 0;
		for (int turn = 0; turn < TURNS && spent < ENOUGH_SECONDS; turn++) {
			first.add(before.seconds(image, progress));
			second.add(after.seconds(image, progress));
			spent += first.get(turn) + second.get(turn);
		}
		return new double[] { median(first), median(second) };
	}

	private static double median(final List<Double> values) {
		return ScoreStatistics.of(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
	}

	private Answered answer(final Contestant model, final RandomAccessibleInterval<? extends NumericType<?>> image,
		final int index, final Progress progress) throws IOException
	{
		if (!images.annotated().isPresent()) return model.answer(image, progress);
		final NucleusDataset data = images.annotated().get();
		return model.score(data.subset(data.name(), Collections.singletonList(images.ids().get(index))), progress);
	}

	private static float[] pixels(final Img<FloatType> image) {
		return ProbabilityMaps.plane(image, 0);
	}

	/** What a model said to an image; without the time. */
	private static final class Answered {

		private final float[] probabilities;
		private final int count;
		private final ImageScores scores;

		Answered(final float[] probabilities, final int count, final ImageScores scores) {
			this.probabilities = probabilities;
			this.count = count;
			this.scores = scores;
		}

		MeasuredImage.Answer after(final double seconds) {
			return new MeasuredImage.Answer(seconds, count, scores);
		}
	}

	/** One of the two models, ready to run. */
	private static final class Contestant implements AutoCloseable {

		private final ModelInfo info;
		private final Predictor predictor;
		private final NucleusSegmenter segmenter;
		private final ModelEvaluator evaluator;

		Contestant(final NucleusModel model) {
			info = model.info();
			predictor = Predictors.of(model);
			segmenter = new NucleusSegmenter(predictor, info);
			evaluator = new ModelEvaluator(predictor, info, OPTIONS);
		}

		/** What runs it, in words. */
		String engine() {
			if (!(predictor instanceof EnginePredictor)) return "Deeplearning4j, 32-bit floats";
			return OneDnnNetwork.description() + (info.quantization().isPresent() ? ", 8-bit integers" : ", 32-bit floats");
		}

		Answered answer(final RandomAccessibleInterval<? extends NumericType<?>> image, final Progress progress) {
			final Img<FloatType> maps = segmenter.predictor(OPTIONS).predict(image, progress);
			int count = 0;
			for (final IntegerType<?> label : Separators.of(info, OPTIONS).separate(maps)) count = Math.max(count, label.getInteger());
			return new Answered(pixels(maps), count, null);
		}

		/** @param single one image */
		Answered score(final NucleusDataset single, final Progress progress) throws IOException {
			final AtomicReference<EvaluatedImage> result = new AtomicReference<>();
			evaluator.evaluate(single, result::set, progress);
			final EvaluatedImage image = result.get();
			return new Answered((float[]) image.segmentation().probabilities().getProcessor().getPixels(), image.segmentation()
				.count(), image.scores());
		}

		double seconds(final RandomAccessibleInterval<? extends NumericType<?>> image, final Progress progress) {
			final long start = System.nanoTime();
			// a new one for each image, for it would keep the diameter of the one before
			segmenter.predictor(OPTIONS).predict(image, progress);
			return (System.nanoTime() - start) / 1e9;
		}

		@Override
		public void close() {
			evaluator.close();
		}
	}
}
