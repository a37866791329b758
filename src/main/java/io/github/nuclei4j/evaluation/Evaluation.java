package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a model reached on a data set. */
public final class Evaluation {

	private final String model;
	private final String data;
	private final List<ImageScores> images;
	private final ThresholdSweep scaledSweep;
	private final List<String> trainedOn;

	Evaluation(final String model, final String data, final List<ImageScores> images, final ThresholdSweep scaledSweep,
		final List<String> trainedOn)
	{
		this.model = model;
		this.data = data;
		this.images = Collections.unmodifiableList(new ArrayList<>(images));
		this.scaledSweep = scaledSweep;
		this.trainedOn = trainedOn;
	}

	/** Name of the model. */
	public String model() {
		return model;
	}

	/** Name of the data set. */
	public String data() {
		return data;
	}

	/** The scores of each image, in the order of the data set; at least one. */
	public List<ImageScores> images() {
		return images;
	}

	/** The scores of the counts of all images together. */
	public ImageScores pooled() {
		return ImageScores.pooled(ScoreTable.POOLED, images);
	}

	/** Mean, median and so on of a score over the images. */
	public ScoreStatistics statistics(final Score score) {
		return ScoreStatistics.of(score, images);
	}

	/** Scores of the pixels of all scaled images together at the probability thresholds 0.01 to 0.99. */
	public ThresholdSweep scaledSweep() {
		final ThresholdSweep copy = ThresholdSweep.percents();
		copy.add(scaledSweep);
		return copy;
	}

	/** Ids of images that the model was trained on: if there are any, the scores are better than on images new to it. */
	public List<String> trainedOn() {
		return trainedOn;
	}
}
