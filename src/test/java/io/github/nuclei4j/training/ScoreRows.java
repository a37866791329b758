package io.github.nuclei4j.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.evaluation.Evaluation;
import io.github.nuclei4j.evaluation.ImageScores;
import io.github.nuclei4j.evaluation.ModelEvaluator;
import io.github.nuclei4j.evaluation.Score;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * A Markdown table of models' scores on images new to them, at the images' own resolution, the counts of all images pooled.
 * Only the last column is a mean of the images: the absolute difference of found and annotated nuclei.
 */
final class ScoreRows {

	private final List<String> lines = new ArrayList<>(Arrays.asList(
		"| images | model | mean IoU | Dice | AP | AP50 | nuclei found / annotated | mean count error of an image |",
		"|---|---|---|---|---|---|---|---|"));

	/**
	 * Scores a model and adds its row.
	 *
	 * @param images how the data are called in the table
	 * @param model likewise
	 * @throws IOException if the model or an image can't be read
	 * @throws IllegalArgumentException if the model was trained on one of the images
	 */
	void add(final String images, final NucleusDataset data, final String model, final Path file) throws IOException {
		final Evaluation result;
		try (ModelEvaluator evaluator = new ModelEvaluator(ModelFile.read(file), SegmentationOptions.defaults())) {
			result = evaluator.evaluate(data, image -> {
				// only the scores are wanted
			}, Progress.NONE);
		}
		if (!result.trainedOn().isEmpty()) throw new IllegalArgumentException("The model " + file + " was trained on " + result
			.trainedOn().size() + " of the images '" + data.name() + "': delete it, or choose another output folder.");
		final ImageScores pooled = result.pooled();
		final double countError = result.images().stream().mapToDouble(image -> Math.abs(Score.COUNT_ERROR.of(image))).average()
			.orElse(Double.NaN);
		lines.add(String.format(Locale.ROOT, "| %d %s | %s | %.3f | %.3f | %.3f | %.3f | %,.0f / %,.0f | %.1f |", data.size(),
			images, model, Score.MEAN_IOU.of(pooled), Score.DICE.of(pooled), Score.AP.of(pooled), Score.AP_50.of(pooled),
			Score.PREDICTED_COUNT.of(pooled), Score.TRUE_COUNT.of(pooled), countError));
	}

	/** The table's lines. */
	List<String> lines() {
		return Collections.unmodifiableList(lines);
	}
}
