package io.github.nuclei4j.evaluation;

import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.segment.Segmentation;

/** An image that a model was scored on, with all that overlays and panels are drawn from. */
public final class EvaluatedImage {

	private final NucleusSample sample;
	private final Segmentation segmentation;
	private final InstanceMatching matching;
	private final ImageScores scores;

	EvaluatedImage(final NucleusSample sample, final Segmentation segmentation, final InstanceMatching matching,
		final ImageScores scores)
	{
		this.sample = sample;
		this.segmentation = segmentation;
		this.matching = matching;
		this.scores = scores;
	}

	/** The image and its true labels. */
	public NucleusSample sample() {
		return sample;
	}

	/** What the model found at the image's own resolution. */
	public Segmentation segmentation() {
		return segmentation;
	}

	/** The true nuclei against those found. */
	public InstanceMatching matching() {
		return matching;
	}

	/** The image's scores. */
	public ImageScores scores() {
		return scores;
	}
}
