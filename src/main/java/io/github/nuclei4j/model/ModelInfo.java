package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;

import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Everything about a model but its weights: the JSON of a model file. Immutable; {@link #toBuilder()} makes changed copies.
 */
public final class ModelInfo {

	private static final int MOST_TRAINING_SIZE = 1 << 14;

	private final String name;
	private final String architecture;
	private final TensorLayout layout;
	private final String normalizer;
	private final String target;
	private final double threshold;
	private final Double pixelSize;
	private final Double nucleusDiameter;
	private final String codeVersion;
	private final String created;
	private final TrainingRecord training;
	private final ValidationScores scores;
	private final TrainingHistory history;
	private final Quantization quantization;

	private ModelInfo(final Builder builder) {
		name = builder.name;
		architecture = builder.architecture;
		layout = builder.layout;
		normalizer = builder.normalizer;
		target = builder.target;
		threshold = builder.threshold;
		pixelSize = builder.pixelSize;
		nucleusDiameter = builder.nucleusDiameter;
		codeVersion = builder.codeVersion;
		created = builder.created;
		training = builder.training;
		scores = builder.scores;
		history = builder.history;
		quantization = builder.quantization;
	}

	/** A model of the given name and architecture with that architecture's layout and the defaults. */
	public static Builder builder(final String name, final Architecture architecture) {
		return new Builder(name, architecture);
	}

	/** A copy to change. */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** The model's name, such as {@code unet}. */
	public String name() {
		return name;
	}

	/** Id of the {@link Architecture}, such as {@code unet}. */
	public String architecture() {
		return architecture;
	}

	/** What the network takes. */
	public TensorLayout layout() {
		return layout;
	}

	/** How pixel values are brought to what the network was trained on. */
	public Normalizer normalizer() {
		return Normalizer.of(normalizer);
	}

	/** What the network's output channels mean. */
	public TargetEncoder target() {
		return TargetEncoder.of(target);
	}

	/** Probability from which a pixel is nucleus, 0 to 1. */
	public double threshold() {
		return threshold;
	}

	/** Pixel size of the training images in micrometres, if it is known. */
	public Optional<Double> pixelSize() {
		return Optional.ofNullable(pixelSize);
	}

	/**
	 * Diameter in pixels that the typical nucleus of an image has when the network does best: images were brought to it in
	 * training. Empty if the model was trained on images as they are.
	 */
	public Optional<Double> nucleusDiameter() {
		return Optional.ofNullable(nucleusDiameter);
	}

	/** Version of Nuclei4J that wrote it. */
	public String codeVersion() {
		return codeVersion;
	}

	/** When it was written, ISO 8601, UTC. */
	public String created() {
		return created;
	}

	/** How it was trained; empty for a model that was not. */
	public Optional<TrainingRecord> training() {
		return Optional.ofNullable(training);
	}

	/** Scores on its validation images; empty for a model that was not trained. */
	public Optional<ValidationScores> scores() {
		return Optional.ofNullable(scores);
	}

	/** The training's epochs; empty for a model that was not trained. */
	public TrainingHistory history() {
		return history == null ? new TrainingHistory(Collections.emptyList()) : new TrainingHistory(new ArrayList<>(history
			.epochs()));
	}

	/** How to run it in 8-bit integers; empty for a model that runs in floats. */
	public Optional<Quantization> quantization() {
		return Optional.ofNullable(quantization);
	}

	/**
	 * Checks what was read from a file.
	 *
	 * @throws IllegalArgumentException that says what is missing or impossible
	 */
	void validate() {
		requirePresent(name, "name");
		requirePresent(layout, "layout");
		final TensorLayout known = Architecture.of(requirePresent(architecture, "architecture")).layout();
		new TensorLayout(layout.channels(), layout.divisor(), layout.trainingSize());
		if (layout.channels() != known.channels() || layout.divisor() != known.divisor()) {
			throw new IllegalArgumentException("the layout (" + layout.channels() + " channels, divisor " + layout.divisor() +
				") is not that of architecture '" + architecture + "' (" + known.channels() + ", " + known.divisor() + ")");
		}
		Normalizer.of(requirePresent(normalizer, "normalizer"));
		TargetEncoder.of(requirePresent(target, "target"));
		if (!(threshold > 0 && threshold < 1)) {
			throw new IllegalArgumentException("the threshold must be between 0 and 1, got " + threshold);
		}
		if (pixelSize != null && !(pixelSize > 0 && Double.isFinite(pixelSize))) {
			throw new IllegalArgumentException("the pixel size must be above 0 micrometres, got " + pixelSize);
		}
		if (nucleusDiameter != null && !(nucleusDiameter >= 1 && nucleusDiameter <= 1000)) {
			throw new IllegalArgumentException("the nucleus diameter must be 1 to 1000 pixels, got " + nucleusDiameter);
		}
		requirePresent(codeVersion, "codeVersion");
		requirePresent(created, "created");
		if (layout.trainingSize() > MOST_TRAINING_SIZE) throw new IllegalArgumentException("the training size must be at most " +
			MOST_TRAINING_SIZE + " pixels, got " + layout.trainingSize());
		if (training != null) training.validate();
		if (history != null) history.validate();
		if (quantization != null) quantization.validate();
	}

	static <T> T requirePresent(final T value, final String what) {
		if (value == null) throw new IllegalArgumentException("'" + what + "' is missing");
		return value;
	}

	/** Collects the values of a {@link ModelInfo}. */
	public static final class Builder {

		private String name;
		private final String architecture;
		private TensorLayout layout;
		private String normalizer = Normalizer.PERCENTILE.id();
		private String target = TargetEncoder.NUCLEUS.id();
		private double threshold = 0.4;
		private Double pixelSize;
		private Double nucleusDiameter;
		private String codeVersion = "unknown";
		private String created = "";
		private TrainingRecord training;
		private ValidationScores scores;
		private TrainingHistory history;
		private Quantization quantization;

		private Builder(final String name, final Architecture architecture) {
			this.name = Objects.requireNonNull(name);
			this.architecture = architecture.id();
			layout = architecture.layout();
		}

		private Builder(final ModelInfo info) {
			name = info.name;
			architecture = info.architecture;
			layout = info.layout;
			normalizer = info.normalizer;
			target = info.target;
			threshold = info.threshold;
			pixelSize = info.pixelSize;
			nucleusDiameter = info.nucleusDiameter;
			codeVersion = info.codeVersion;
			created = info.created;
			training = info.training;
			scores = info.scores;
			history = info.history;
			quantization = info.quantization;
		}

		/** Another name. */
		public Builder name(final String value) {
			name = Objects.requireNonNull(value);
			return this;
		}

		/** What the network takes. */
		public Builder layout(final TensorLayout value) {
			layout = value;
			return this;
		}

		/** How pixel values are prepared. */
		public Builder normalizer(final Normalizer value) {
			normalizer = value.id();
			return this;
		}

		/** What the output channels mean. */
		public Builder target(final TargetEncoder value) {
			target = value.id();
			return this;
		}

		/** Probability from which a pixel is nucleus, 0 to 1. */
		public Builder threshold(final double value) {
			threshold = value;
			return this;
		}

		/** Pixel size of the training images, micrometres. */
		public Builder pixelSize(final double micrometres) {
			pixelSize = micrometres;
			return this;
		}

		/** Diameter of the typical nucleus that images were brought to in training, pixels; null for images as they are. */
		public Builder nucleusDiameter(final Double pixels) {
			nucleusDiameter = pixels;
			return this;
		}

		/** Version of Nuclei4J. */
		public Builder codeVersion(final String value) {
			codeVersion = value;
			return this;
		}

		/** When it is written, ISO 8601. */
		public Builder created(final String value) {
			created = value;
			return this;
		}

		/** How it was trained, and what came of it. */
		public Builder trained(final TrainingRecord record, final ValidationScores validation,
			final TrainingHistory epochs)
		{
			training = record;
			scores = validation;
			history = epochs;
			return this;
		}

		/** The epochs of its training. */
		public Builder history(final TrainingHistory epochs) {
			history = epochs;
			return this;
		}

		/** How to run it in 8-bit integers; null for a model that runs in floats. */
		public Builder quantization(final Quantization value) {
			quantization = value;
			return this;
		}

		/** The result. */
		public ModelInfo build() {
			final ModelInfo info = new ModelInfo(this);
			info.validate();
			return info;
		}
	}
}
