package io.github.nuclei4j.quantization;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.nuclei4j.evaluation.ImageScores;

/** What the original and the quantized model made of one image. */
public final class MeasuredImage {

	/** One model's part. Immutable. */
	public static final class Answer {

		private final double seconds;
		private final int count;
		private final ImageScores scores;

		Answer(final double seconds, final int count, final ImageScores scores) {
			this.seconds = seconds;
			this.count = count;
			this.scores = scores;
		}

		/** Seconds that finding the probabilities took, median of several times; reading the file and separating not counted. */
		public double seconds() {
			return seconds;
		}

		/** Number of nuclei. */
		public int count() {
			return count;
		}

		/** Scores; empty if the image is not annotated. */
		public Optional<ImageScores> scores() {
			return Optional.ofNullable(scores);
		}
	}

	private final String id;
	private final ProbabilityChange change;
	private final Answer original;
	private final Answer quantized;
	private final Supplier<BufferedImage> map;

	MeasuredImage(final String id, final ProbabilityChange change, final Answer original, final Answer quantized,
		final Supplier<BufferedImage> map)
	{
		this.id = id;
		this.change = change;
		this.original = original;
		this.quantized = quantized;
		this.map = map;
	}

	/** The same without the pixels, to be kept. */
	MeasuredImage withoutMap() {
		return new MeasuredImage(id, change, original, quantized, null);
	}

	/** Name of the image. */
	public String id() {
		return id;
	}

	/** What changed in its pixels. */
	public ProbabilityChange change() {
		return change;
	}

	/** The original model's part. */
	public Answer original() {
		return original;
	}

	/** The quantized model's part. */
	public Answer quantized() {
		return quantized;
	}

	/**
	 * The disagreement map, drawn when asked for: the image in dim grey, vermilion where only the original model sees nucleus,
	 * blue where only the quantized one does.
	 *
	 * @throws IllegalStateException if this is one of a {@link QuantizationReport}, which keeps no pixels
	 */
	public BufferedImage map() {
		if (map == null) throw new IllegalStateException("The pixels of '" + id +
			"' are gone; draw the map while the image is measured.");
		return map.get();
	}
}
