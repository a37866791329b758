package io.github.nuclei4j.model;

/**
 * What a model reached on images it was not trained on.
 */
public final class ValidationScores {

	private final double loss;
	private final double meanIou;
	private final double pooledMeanIou;

	/**
	 * @param loss binary cross-entropy per pixel, nats
	 * @param meanIou mean over the images of each image's mean IoU over {background, nucleus}, 0 to 1
	 * @param pooledMeanIou mean IoU over {background, nucleus} from one confusion matrix over all images, 0 to 1
	 */
	public ValidationScores(final double loss, final double meanIou, final double pooledMeanIou) {
		this.loss = loss;
		this.meanIou = meanIou;
		this.pooledMeanIou = pooledMeanIou;
	}

	/** Binary cross-entropy per pixel, nats. */
	public double loss() {
		return loss;
	}

	/** Mean over the images of each image's mean IoU over {background, nucleus}, 0 to 1. */
	public double meanIou() {
		return meanIou;
	}

	/** Mean IoU over {background, nucleus} from one confusion matrix over all images, 0 to 1. */
	public double pooledMeanIou() {
		return pooledMeanIou;
	}
}
