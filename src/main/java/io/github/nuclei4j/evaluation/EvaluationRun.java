package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StagedFiles;

/**
 * One evaluation of many images, with its files: a picture {@code <name>_evaluation.png} of each image; and, when all are
 * done, {@code scores.csv} (a row per image, then {@link ScoreTable#MEAN} and {@link ScoreTable#POOLED}), {@code nuclei.csv}
 * (a row per nucleus, see {@link NucleusOutcomes}), {@code thresholds.csv} (a row per image and IoU threshold, then pooled)
 * and, of a model, {@code sweep.csv} (a row per probability threshold, images scaled), {@code groups.csv} (a row per kind of
 * image, see {@link GroupScores}) and, if there are several data sets, {@code sets.csv} (a row for each). If it is stopped or fails there are no files. For one use and one thread.
 */
public final class EvaluationRun {

	/** What the names of the pictures end in. */
	public static final String PICTURE = "_evaluation.png";

	private final Path output;
	private final Consumer<LabelComparison> listener;
	private final long smallest;
	private final List<ImageScores> images = new ArrayList<>();
	private final GroupScores groups = new GroupScores();
	private final GroupScores sets = new GroupScores();
	private final Map<String, String> setOfImage = new HashMap<>();
	private final List<List<Object>> nuclei = new ArrayList<>();
	private final List<String> warnings = new ArrayList<>();
	private final List<String> failures = new ArrayList<>();

	/**
	 * @param output folder for the files, made if needed; null to write none
	 * @param smallest area of the smallest nucleus that counts, pixels; 0 for all
	 * @param listener is given each image when it is done
	 */
	public EvaluationRun(final Path output, final long smallest, final Consumer<LabelComparison> listener) {
		this.output = output;
		this.smallest = smallest;
		this.listener = listener;
	}

	/**
	 * Scores label images. A pair that can't be read or doesn't fit together is noted among the {@link #failures()}, and the
	 * others are done.
	 *
	 * @throws IOException if a result can't be written
	 * @throws CancellationException if the user asked to stop
	 */
	public void labels(final LabelPairs pairs, final Progress progress) throws IOException {
		final int size = pairs.pairs().size();
		try (StagedFiles pictures = new StagedFiles(output)) {
			for (int i = 0; i < size; i++) {
				final LabelPairs.Pair pair = pairs.pairs().get(i);
				progress.checkCanceled();
				progress.update((double) i / size, "Scoring image " + (i + 1) + " of " + size);
				final LabelComparison comparison;
				final List<List<Object>> rows;
				try {
					comparison = LabelComparison.of(pair.name(), ImagePlanes.open(pair.truth()), ImagePlanes.open(pair.predicted()),
						smallest, progress);
					rows = NucleusOutcomes.rows(comparison);
				}
				catch (final IOException | IllegalArgumentException e) {
					failures.add(pair.name() + ": " + e.getMessage());
					continue;
				}
				add(comparison, rows, pictures);
			}
			progress.checkCanceled();
			save(pictures);
		}
	}

	/**
	 * Scores a model on annotated images.
	 *
	 * @param model stays usable
	 * @param data at least one image
	 * @throws IOException if an image can't be read or a result can't be written
	 * @throws CancellationException if the user asked to stop
	 */
	public Evaluation model(final NucleusModel model, final NucleusDataset data, final SegmentationOptions options,
		final Progress progress) throws IOException
	{
		try (ModelEvaluator evaluator = new ModelEvaluator(model, options).smallest(smallest)) {
			return model(evaluator, data, progress);
		}
	}

	Evaluation model(final ModelEvaluator evaluator, final NucleusDataset data, final Progress progress)
		throws IOException
	{
		if (data.sets().size() > 1) for (int i = 0; i < data.size(); i++) setOfImage.put(data.ids().get(i), data.set(i));
		try (StagedFiles pictures = new StagedFiles(output)) {
			final Evaluation result = evaluator.evaluate(data, image -> {
				try {
					final LabelComparison comparison = LabelComparison.of(image);
					add(comparison, NucleusOutcomes.rows(comparison), pictures);
				}
				catch (final IOException e) {
					throw new UncheckedIOException(e);
				}
			}, progress);
			progress.checkCanceled();
			save(pictures);
			if (output != null) {
				Csv.write(output.resolve("groups.csv"), GroupScores.header(), groups.rows());
				if (!sets.groups().isEmpty()) Csv.write(output.resolve("sets.csv"), GroupScores.header(), sets.rows());
				Csv.write(output.resolve("sweep.csv"), ScoreTable.sweepHeader(), ScoreTable.sweepRows(result.scaledSweep()));
			}
			return result;
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	/**
	 * Takes one comparison made already.
	 *
	 * @throws IOException if a result can't be written
	 * @throws CancellationException if the user asked to stop
	 */
	public void comparison(final LabelComparison comparison, final Progress progress) throws IOException {
		try (StagedFiles pictures = new StagedFiles(output)) {
			add(comparison, NucleusOutcomes.rows(comparison), pictures);
			progress.checkCanceled();
			save(pictures);
		}
	}

	private void add(final LabelComparison comparison, final List<List<Object>> rows, final StagedFiles pictures)
		throws IOException
	{
		images.add(comparison.scores());
		nuclei.addAll(rows);
		comparison.image().ifPresent(image -> groups.add(ImageKind.of(ImagePlanes.plane(image, 0, 1, 1)).id(), comparison
			.scores(), comparison.trueNuclei()));
		final String set = setOfImage.get(comparison.scores().id());
		if (set != null) sets.add(set, comparison.scores(), comparison.trueNuclei());
		warnIfMask(comparison.scores().id(), "true", comparison.trueNuclei());
		warnIfMask(comparison.scores().id(), "predicted", comparison.predictedNuclei());
		if (output != null) {
			final String name = comparison.scores().id().replaceAll("[\\\\/:*?\"<>|]", "_");
			ImageWriter.png(OutcomePicture.paint(comparison), pictures.stage().resolve(name + PICTURE));
		}
		listener.accept(comparison);
	}

	private void warnIfMask(final String id, final String which, final List<NucleusMatch> found) {
		if (found.isEmpty() || found.stream().anyMatch(match -> match.label() != 255 && match.label() != 65535)) return;
		warnings.add(id + ": the " + which + " labels have no value but " + found.get(0).label() + ": this is a mask, all of " +
			"which counts as one nucleus. Number its pieces first (in ImageJ with Analyze Particles..., Count Masks).");
	}

	private void save(final StagedFiles pictures) throws IOException {
		if (output == null || images.isEmpty()) return;
		final List<List<Object>> scores = new ArrayList<>();
		final List<List<Object>> thresholds = new ArrayList<>();
		for (final ImageScores image : images) {
			scores.add(ScoreTable.row(image));
			thresholds.addAll(ScoreTable.thresholdRows(image));
		}
		scores.addAll(ScoreTable.summary(images));
		thresholds.addAll(ScoreTable.thresholdRows(ImageScores.pooled(ScoreTable.POOLED, images)));
		Csv.write(output.resolve("scores.csv"), ScoreTable.header(), scores);
		Csv.write(output.resolve("nuclei.csv"), NucleusOutcomes.header(), nuclei);
		Csv.write(output.resolve("thresholds.csv"), ScoreTable.thresholdHeader(), thresholds);
		pictures.publish();
	}

	/** The scores of each image done. */
	public List<ImageScores> images() {
		return Collections.unmodifiableList(images);
	}

	/** The scores by kind of image, of the images done that came with their pixels: those that a model was scored on. */
	public GroupScores groups() {
		return groups;
	}

	/** The scores by data set, if a model was scored on several; otherwise without groups. */
	public GroupScores sets() {
		return sets;
	}

	/** The rows of {@link NucleusOutcomes} of all images done. */
	public List<List<Object>> nuclei() {
		return Collections.unmodifiableList(nuclei);
	}

	/** What is odd about images that were scored; a line each. */
	public List<String> warnings() {
		return Collections.unmodifiableList(warnings);
	}

	/** The images that could not be scored and why; a line each. */
	public List<String> failures() {
		return Collections.unmodifiableList(failures);
	}
}
