package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.util.Progress;

/**
 * Compares models on the same annotated images: which images, and by which score. Immutable; only one model is in memory at a
 * time.
 */
public final class ModelComparison {

	/** The scores that models are compared by. */
	public static final List<Score> SCORES = Collections.unmodifiableList(Arrays.asList(Score.SCALED_MEAN_IOU, Score.MEAN_IOU,
		Score.DICE, Score.AP, Score.AP_50));

	private final Score score;
	private final boolean all;
	private final int limit;

	private ModelComparison(final Score score, final boolean all, final int limit) {
		this.score = score;
		this.all = all;
		this.limit = limit;
	}

	/**
	 * By the mean IoU of the scaled images, as in the published study, on all images that no model was trained on.
	 */
	public static ModelComparison defaults() {
		return new ModelComparison(Score.SCALED_MEAN_IOU, false, 0);
	}

	/**
	 * A score of {@link #SCORES} by its column name.
	 *
	 * @throws IllegalArgumentException if it is none of them
	 */
	public static Score scoreOf(final String column) {
		return SCORES.stream().filter(score -> score.column().equalsIgnoreCase(column)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("Models can't be compared by the score '" + column + "': expected one of " + SCORES
				.stream().map(Score::column).collect(Collectors.joining(", ")) + "."));
	}

	/**
	 * A copy that ranks images, draws charts and names winners by this score.
	 *
	 * @throws IllegalArgumentException if it is none of {@link #SCORES}
	 */
	public ModelComparison score(final Score value) {
		return new ModelComparison(scoreOf(value.column()), all, limit);
	}

	/** A copy that also takes images that models were trained on (their scores are then too good), or doesn't. */
	public ModelComparison all(final boolean value) {
		return new ModelComparison(score, value, limit);
	}

	/**
	 * A copy that takes only the first images of the data set.
	 *
	 * @param value how many at most; 0 for no limit
	 * @throws IllegalArgumentException if it is negative
	 */
	public ModelComparison limit(final int value) {
		if (value < 0) throw new IllegalArgumentException("limit=" + value + ": expected the number of images to compare on, " +
			"from 1, or 0 for all.");
		return new ModelComparison(score, all, value);
	}

	/**
	 * Scores all models, one after another, image by image.
	 *
	 * @param models at least two, of different names
	 * @param data annotated images; has to stay open while the result's pictures are drawn
	 * @param progress told the share done; asked between images and tiles whether to stop
	 * @throws IOException if a model or an image can't be read
	 * @throws CancellationException if the user asked to stop
	 * @throws IllegalArgumentException if there are fewer models, equal names, or no images that are new to all of them
	 */
	public ComparisonResult run(final List<ComparedModel> models, final NucleusDataset data, final Progress progress)
		throws IOException
	{
		final long names = models.stream().map(ComparedModel::name).distinct().count();
		if (models.size() < 2 || names < models.size()) throw new IllegalArgumentException("A comparison needs at least two " +
			"models of different names, got " + models.stream().map(ComparedModel::name).collect(Collectors.toList()) +
			". Give another model.");
		NucleusDataset fresh = data;
		if (!all) for (final ComparedModel model : models) fresh = ModelEvaluator.unseen(model.info(), fresh);
		final int count = limit == 0 ? fresh.size() : Math.min(limit, fresh.size());
		final NucleusDataset chosen = data.subset(data.name(), fresh.ids().subList(0, count));
		final List<ComparisonResult.Entry> entries = new ArrayList<>();
		for (int m = 0; m < models.size(); m++) {
			final ComparedModel model = models.get(m);
			progress.checkCanceled();
			final List<PackedLabels> labels = new ArrayList<>();
			try (ModelEvaluator evaluator = model.open()) {
				final Evaluation evaluation = evaluator.evaluate(chosen, image -> labels.add(PackedLabels.of(image.segmentation()
					.labels().getProcessor())), named(progress, model).part((double) m / models.size(), (m + 1.0) / models.size()));
				entries.add(new ComparisonResult.Entry(model, evaluation, labels));
			}
		}
		return new ComparisonResult(score, chosen, entries, data.size(), fresh.size());
	}

	/** The progress with the model's name before the messages. */
	private static Progress named(final Progress progress, final ComparedModel model) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				progress.update(fraction, model.name() + ": " + message);
			}

			@Override
			public boolean isCanceled() {
				return progress.isCanceled();
			}
		};
	}
}
