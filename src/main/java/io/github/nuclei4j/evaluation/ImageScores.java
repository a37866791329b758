package io.github.nuclei4j.evaluation;

import java.util.List;
import java.util.Optional;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** The scores of one image, or of several pooled. Immutable. */
public final class ImageScores {

	private final String id;
	private final SemanticScores semantic;
	private final InstanceScores instance;
	private final SemanticScores scaled;
	private final double seconds;

	/**
	 * @param id of the image
	 * @param semantic of the label image's pixels at the image's own resolution
	 * @param instance of the nuclei at the image's own resolution
	 * @param scaled of the whole image scaled to the size of training, as the published study scores; null if there is no
	 *          model
	 * @param seconds that the segmentation took; NaN if there was none
	 */
	public ImageScores(final String id, final SemanticScores semantic, final InstanceScores instance,
		final SemanticScores scaled, final double seconds)
	{
		this.id = id;
		this.semantic = semantic;
		this.instance = instance;
		this.scaled = scaled;
		this.seconds = seconds;
	}

	/**
	 * Scores a label image made by any tool.
	 *
	 * @param id of the image
	 * @param truth any axes; whole numbers, 0 for background and a positive one for each nucleus
	 * @param predicted likewise, of the same size
	 * @throws IllegalArgumentException if they differ in size or have other values
	 */
	public static ImageScores ofLabels(final String id, final RandomAccessibleInterval<? extends RealType<?>> truth,
		final RandomAccessibleInterval<? extends RealType<?>> predicted)
	{
		LabelPixels.checkSameSize(truth, predicted);
		final int[] trueLabels = LabelPixels.of(truth);
		final int[] predictedLabels = LabelPixels.of(predicted);
		return new ImageScores(id, SemanticScores.ofLabels(trueLabels, predictedLabels), InstanceMatching.of(trueLabels,
			predictedLabels).scores(), null, Double.NaN);
	}

	/**
	 * The scores of all images together: counts of pixels and nuclei are added, and the seconds.
	 *
	 * @param id of the result, such as {@code pooled}
	 * @param images at least one
	 * @throws IllegalArgumentException if there are none
	 */
	public static ImageScores pooled(final String id, final List<ImageScores> images) {
		return images.stream().reduce((a, b) -> new ImageScores(id, a.semantic.plus(b.semantic), a.instance.plus(b.instance),
			a.scaled == null || b.scaled == null ? null : a.scaled.plus(b.scaled), a.seconds + b.seconds)).map(
				sum -> new ImageScores(id, sum.semantic, sum.instance, sum.scaled, sum.seconds)).orElseThrow(
					() -> new IllegalArgumentException("There are no images to pool the scores of. Score at least one image."));
	}

	/** Id of the image. */
	public String id() {
		return id;
	}

	/** Scores of the pixels at the image's own resolution. */
	public SemanticScores semantic() {
		return semantic;
	}

	/** Scores of the nuclei at the image's own resolution. */
	public InstanceScores instance() {
		return instance;
	}

	/** Scores of the pixels of the image scaled to the size of training; empty if only label images were compared. */
	public Optional<SemanticScores> scaled() {
		return Optional.ofNullable(scaled);
	}

	/** Seconds that the segmentation at the image's own resolution took; NaN if label images were compared. */
	public double seconds() {
		return seconds;
	}
}
