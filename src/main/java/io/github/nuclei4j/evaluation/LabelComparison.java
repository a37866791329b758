package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.measure.PlanePicture;
import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The true nuclei of an image against those found in it. In stacks each plane (slice and frame) counts for itself: the same
 * label in two planes is two nuclei. Images are neither altered nor copied.
 */
public final class LabelComparison {

	/** The IoU that those of correct nuclei are above. */
	static final double THRESHOLD = InstanceMatching.MINIMUM_THRESHOLD;

	private final ImagePlus truth;
	private final ImagePlus predicted;
	private final ImagePlus image;
	private final ImagePlus probabilities;
	private final List<InstanceMatching> planes;
	private final ImageScores scores;

	private LabelComparison(final ImagePlus truth, final ImagePlus predicted, final ImagePlus image,
		final ImagePlus probabilities, final List<InstanceMatching> planes, final ImageScores scores)
	{
		this.truth = truth;
		this.predicted = predicted;
		this.image = image;
		this.probabilities = probabilities;
		this.planes = Collections.unmodifiableList(planes);
		this.scores = scores;
	}

	/**
	 * Compares two label images of one channel: 8-, 16- or 32-bit, whole numbers, 0 for background.
	 *
	 * @param id of the image in tables
	 * @param progress asked between planes whether to stop
	 * @throws IllegalArgumentException if they differ in size or one is no label image; the message says which
	 */
	public static LabelComparison of(final String id, final ImagePlus truth, final ImagePlus predicted,
		final Progress progress)
	{
		return of(id, truth, predicted, 0, progress);
	}

	/**
	 * As {@link #of(String, ImagePlus, ImagePlus, Progress)}, without the smallest nuclei.
	 *
	 * @param smallest area of the smallest nucleus that counts, pixels; 0 for all
	 */
	public static LabelComparison of(final String id, final ImagePlus truth, final ImagePlus predicted,
		final long smallest, final Progress progress)
	{
		check(truth);
		check(predicted);
		if (!size(truth).equals(size(predicted))) {
			throw new IllegalArgumentException("The true labels '" + truth.getTitle() + "' have " + size(truth) +
				", the predicted ones '" + predicted.getTitle() + "' " + size(predicted) +
				". Both must show the same pixels: check that they belong to the same image.");
		}
		final List<InstanceMatching> planes = new ArrayList<>();
		final List<ImageScores> scores = new ArrayList<>();
		for (int index = 1; index <= truth.getStackSize(); index++) {
			progress.checkCanceled();
			final int[] trueLabels = labels(truth, index);
			final int[] predictedLabels = labels(predicted, index);
			final InstanceMatching matching = InstanceMatching.of(trueLabels, predictedLabels, smallest);
			planes.add(matching);
			scores.add(new ImageScores(id, SemanticScores.ofLabels(trueLabels, predictedLabels), matching.scores(), null,
				Double.NaN));
		}
		return new LabelComparison(truth, predicted, null, null, planes, ImageScores.pooled(id, scores));
	}

	/** What a model found in an annotated image, with the image and the probabilities. */
	public static LabelComparison of(final EvaluatedImage evaluated) {
		final NucleusSample sample = evaluated.sample();
		final int width = (int) sample.labels().dimension(0);
		final int[] labels = LabelPixels.of(sample.labels());
		final FloatProcessor truth = new FloatProcessor(width, labels.length / width);
		for (int i = 0; i < labels.length; i++) truth.setf(i, labels[i]);
		return new LabelComparison(new ImagePlus(sample.id() + " true labels", truth), evaluated.segmentation().labels(),
			new ImagePlus(sample.id(), PlanePicture.colors(sample.image())), evaluated.segmentation().probabilities(), Collections
				.singletonList(evaluated.matching()), evaluated.scores());
	}

	private static void check(final ImagePlus labels) {
		if (labels.getBitDepth() == 24 || labels.getNChannels() > 1) {
			throw new IllegalArgumentException("'" + labels.getTitle() + "' is " + (labels.getBitDepth() == 24
				? "a colour image" : "an image of " + labels.getNChannels() + " channels") + ", not a label image. Give an 8-, 16- " +
				"or 32-bit image of one channel in which 0 is background and every nucleus has a number.");
		}
	}

	private static String size(final ImagePlus labels) {
		return labels.getWidth() + " x " + labels.getHeight() + " pixels in " + labels.getStackSize() + (labels
			.getStackSize() == 1 ? " plane" : " planes");
	}

	private static int[] labels(final ImagePlus image, final int index) {
		final int[] position = image.convertIndexToPosition(index);
		@SuppressWarnings("unchecked") // a label image is not RGB
		final RandomAccessibleInterval<? extends RealType<?>> plane =
			(RandomAccessibleInterval<? extends RealType<?>>) (RandomAccessibleInterval<?>) ImagePlanes.plane(image, 1,
				position[1], position[2]);
		try {
			return LabelPixels.of(plane);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + image.getTitle() + "': " + e.getMessage(), e);
		}
	}

	/** The image's scores. */
	public ImageScores scores() {
		return scores;
	}

	/** The label image of the true nuclei. */
	public ImagePlus truth() {
		return truth;
	}

	/** The label image of the nuclei found. */
	public ImagePlus predicted() {
		return predicted;
	}

	/** The image itself; empty if only label images were compared. */
	public Optional<ImagePlus> image() {
		return Optional.ofNullable(image);
	}

	/** Probability of nucleus; empty if only label images were compared. */
	Optional<ImagePlus> probabilities() {
		return Optional.ofNullable(probabilities);
	}

	/** The nuclei of each plane, in the order of the stack. */
	List<InstanceMatching> planes() {
		return planes;
	}

	/** What became of the true nuclei, sorted by plane, then label. */
	public List<NucleusMatch> trueNuclei() {
		return all(plane -> plane.trueNuclei(THRESHOLD));
	}

	/** What the nuclei found are, sorted by plane, then label. */
	public List<NucleusMatch> predictedNuclei() {
		return all(plane -> plane.predictedNuclei(THRESHOLD));
	}

	private List<NucleusMatch> all(final Function<InstanceMatching, List<NucleusMatch>> nuclei) {
		final List<NucleusMatch> matches = new ArrayList<>();
		for (final InstanceMatching plane : planes) matches.addAll(nuclei.apply(plane));
		return matches;
	}
}
