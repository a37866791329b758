package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.nuclei4j.dataset.NucleusDataset;

/**
 * What models reached on the same images. Models and images are counted from 0, in the order in which they were given and in
 * that of the data set. Immutable.
 */
public final class ComparisonResult {

	/** One model's part. */
	static final class Entry {

		private final ComparedModel model;
		private final Evaluation evaluation;
		private final List<PackedLabels> labels;

		/** @param labels found, one per image */
		Entry(final ComparedModel model, final Evaluation evaluation, final List<PackedLabels> labels) {
			this.model = model;
			this.evaluation = evaluation;
			this.labels = new ArrayList<>(labels);
		}
	}

	private final Score score;
	private final NucleusDataset data;
	private final List<Entry> entries;
	private final int available;
	private final int fresh;

	/**
	 * @param data the images scored
	 * @param available number of images that there were to choose from
	 * @param fresh number of them that no model was trained on, or all if that was not asked for
	 */
	ComparisonResult(final Score score, final NucleusDataset data, final List<Entry> entries, final int available,
		final int fresh)
	{
		this.score = score;
		this.data = data;
		this.entries = Collections.unmodifiableList(new ArrayList<>(entries));
		this.available = available;
		this.fresh = fresh;
	}

	/** The score that ranks images and names winners. */
	public Score score() {
		return score;
	}

	/** The images scored; read again when pictures are drawn. */
	public NucleusDataset data() {
		return data;
	}

	/** Number of images in the whole data set. */
	public int available() {
		return available;
	}

	/** Number of images left out because a model was trained on them. */
	public int leftOut() {
		return available - fresh;
	}

	/** The models. */
	public List<ComparedModel> models() {
		return entries.stream().map(entry -> entry.model).collect(Collectors.toList());
	}

	/** All that a model reached. */
	public Evaluation evaluation(final int model) {
		return entries.get(model).evaluation;
	}

	/** A model's scores of an image. */
	public ImageScores scores(final int model, final int image) {
		return evaluation(model).images().get(image);
	}

	/** A model's scores of all images, NaN where undefined. */
	public double[] values(final Score of, final int model) {
		return evaluation(model).images().stream().mapToDouble(of::of).toArray();
	}

	/** What a model found in an image, at the image's own resolution, row by row, 0 for background. */
	public int[] labels(final int model, final int image) {
		return entries.get(model).labels.get(image).unpack();
	}

	/** Number of images whose scores are those a model's training chose its best epoch by. */
	public int usedForValidation(final int model) {
		final List<String> ids = new ArrayList<>(data.ids());
		ids.retainAll(entries.get(model).model.info().training().map(record -> record.validationIds()).orElse(Collections
			.emptyList()));
		return ids.size();
	}

	/** The mean over the models of the {@link #score()} of an image; NaN if it is undefined for one. */
	public double mean(final int image) {
		return entries.stream().mapToDouble(entry -> score.of(entry.evaluation.images().get(image))).sum() / entries.size();
	}

	/** The images with the highest {@link #mean(int)}, the best first; at most {@code count}, undefined ones left out. */
	public List<Integer> best(final int count) {
		return ranked(Comparator.comparingDouble(this::mean).reversed(), count);
	}

	/** The images with the lowest {@link #mean(int)}, the worst first; at most {@code count}, undefined ones left out. */
	public List<Integer> worst(final int count) {
		return ranked(Comparator.comparingDouble(this::mean), count);
	}

	private List<Integer> ranked(final Comparator<Integer> order, final int count) {
		// the sort is stable: equal images stay in the order of the data set
		return IntStream.range(0, data.size()).boxed().filter(image -> !Double.isNaN(mean(image))).sorted(order).limit(count)
			.collect(Collectors.toList());
	}

	/** The model with the highest {@link #score()} of an image; -1 if several have it or a score is undefined. */
	public int winner(final int image) {
		int best = 0;
		boolean tied = false;
		for (int model = 1; model < entries.size(); model++) {
			final double difference = score.of(scores(model, image)) - score.of(scores(best, image));
			if (difference > 0) {
				best = model;
				tied = false;
			}
			else if (difference == 0) tied = true;
		}
		return tied || Double.isNaN(mean(image)) ? -1 : best;
	}

	/** Number of images that a model wins. */
	public int wins(final int model) {
		return (int) IntStream.range(0, data.size()).filter(image -> winner(image) == model).count();
	}

	/** Two models' scores of the same images, with a paired test. */
	public PairedComparison pair(final Score of, final int a, final int b) {
		return PairedComparison.of(values(of, a), values(of, b));
	}
}
