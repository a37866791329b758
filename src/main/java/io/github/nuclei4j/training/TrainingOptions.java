package io.github.nuclei4j.training;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.Fold;
import io.github.nuclei4j.dataset.Mixture;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Settings of a training. Immutable: each method returns a changed copy, and refuses impossible values with an
 * {@link IllegalArgumentException} that names the value and what is allowed. Sent to another computer, its files stay behind.
 */
public final class TrainingOptions implements Cloneable, Serializable {

	/** Adam. */
	public static final String ADAM = "adam";
	/** Adam with decoupled weight decay. */
	public static final String ADAM_W = "adamw";

	private static final long serialVersionUID = 1L;

	private Architecture architecture = Architecture.UNET;
	private int epochs = 30;
	private int batchSize = 8;
	private double learningRate = 1e-3;
	private String schedule = RateSchedule.COSINE;
	private long seed = 42;
	private double validation = 0.1;
	private Fold fold;
	private int size;
	private int crop;
	private int patience;
	private Normalizer normalizer = Normalizer.PERCENTILE;
	private double threshold = 0.4;
	private boolean resume;
	private TargetEncoder target = TargetEncoder.NUCLEUS;
	private double diameter;
	private boolean diameterOfStart;
	private boolean normalizerOfStart;
	private int samples;
	private Augmentation augmentation = Augmentation.standard();
	private String optimizer = ADAM;
	private double averaging;
	private Mixture mixture = Mixture.DEFAULT;
	private transient Path start;
	private transient Path output;

	private TrainingOptions() {}

	/** The reference recipe: U-Net, 30 epochs, batches of 8, Adam 1e-3, seed 42, 10 % validation, threshold 0.4. */
	public static TrainingOptions defaults() {
		return new TrainingOptions();
	}

	/** Name of the architecture, such as {@code unet}. */
	public TrainingOptions architecture(final String name) {
		return with(copy -> copy.architecture = Architecture.of(name));
	}

	/** The epoch at which training ends; with {@link #resume} counted from the very first epoch. Default 30. */
	public TrainingOptions epochs(final int count) {
		require(count >= 1, "The number of epochs must be at least 1, got " + count + ".");
		return with(copy -> copy.epochs = count);
	}

	/** Images per step, default 8. */
	public TrainingOptions batchSize(final int size) {
		require(size >= 1, "The batch size must be at least 1, got " + size + ".");
		return with(copy -> copy.batchSize = size);
	}

	/** Highest learning rate, default 0.001. */
	public TrainingOptions learningRate(final double rate) {
		require(rate > 0 && rate < 1, "The learning rate must be above 0 and below 1, got " + rate + ".");
		return with(copy -> copy.learningRate = rate);
	}

	/** How the learning rate changes: {@code constant}, {@code cosine} (default), {@code warm-cosine} or {@code warm-constant}. */
	public TrainingOptions schedule(final String name) {
		require(RateSchedule.NAMES.contains(name), "Unknown learning rate schedule '" + name +
			"'; choose constant, cosine, warm-cosine or warm-constant.");
		return with(copy -> copy.schedule = name);
	}

	/** Seed of split, weights, order, augmentation and dropout; default 42. */
	public TrainingOptions seed(final long value) {
		return with(copy -> copy.seed = value);
	}

	/** Share of the images kept for validation, above 0 and below 1; default 0.1. */
	public TrainingOptions validation(final double fraction) {
		require(fraction > 0 && fraction < 1, "The share of validation images must be above 0 and below 1, got " +
			fraction + ".");
		return with(copy -> copy.validation = fraction);
	}

	/** The part of the images kept for validation, for cross-validation, instead of a random share. Null (default): none. */
	public TrainingOptions fold(final Fold part) {
		return with(copy -> copy.fold = part);
	}

	/** Height and width of the training images in pixels, a multiple of the architecture's divisor; 0 (default): its own, such as 256. */
	public TrainingOptions size(final int pixels) {
		require(pixels >= 0, "The training size must be 0 (the architecture's own) or a number of pixels, got " + pixels +
			".");
		return with(copy -> copy.size = pixels);
	}

	/**
	 * Height and width in pixels of a random part of each training image that the network is trained on, a multiple of the
	 * architecture's divisor: each step costs less, and each epoch shows less of the images. Validation is on whole images.
	 * 0 (default): the whole training image.
	 */
	public TrainingOptions crop(final int pixels) {
		require(pixels >= 0, "The crop must be 0 (whole training images) or a number of pixels, got " + pixels + ".");
		return with(copy -> copy.crop = pixels);
	}

	/** Stop after so many epochs without a better validation mean IoU; 0 (default): never. */
	public TrainingOptions patience(final int count) {
		require(count >= 0, "The patience must be 0 (never stop early) or a number of epochs, got " + count + ".");
		return with(copy -> copy.patience = count);
	}

	/** How pixel values are prepared: {@code percentile} (default), {@code robust} or {@code unit-range}. */
	public TrainingOptions normalizer(final String name) {
		return with(copy -> {
			copy.normalizer = Normalizer.of(name);
			copy.normalizerOfStart = false;
		});
	}

	/** Probability from which a pixel counts as nucleus in the validation scores and by default later; default 0.4. */
	public TrainingOptions threshold(final double value) {
		require(value > 0 && value < 1, "The threshold must be above 0 and below 1, got " + value + ".");
		return with(copy -> copy.threshold = value);
	}

	/** What the network learns, such as {@code nucleus} (default) or {@code distance-flow}. */
	public TrainingOptions target(final String name) {
		return with(copy -> copy.target = TargetEncoder.of(name));
	}

	/** Diameter in pixels that the nuclei of every image are brought to, in balanced patches. 0 (default): none, whole images. */
	public TrainingOptions diameter(final double pixels) {
		require(pixels == 0 || pixels >= 1 && pixels <= 1000, "The diameter must be none (images as they are; 0 in programs) or 1 to 1000 " +
			"pixels, got " + pixels + ".");
		return with(copy -> {
			copy.diameter = pixels;
			copy.diameterOfStart = false;
		});
	}

	/** Patches in an epoch; needs a {@link #diameter}. 0 (default): as many as there are training images. */
	public TrainingOptions samples(final int count) {
		require(count >= 0, "The number of patches per epoch must be 0 (one per image) or more, got " + count + ".");
		return with(copy -> copy.samples = count);
	}

	/** How training images are varied: {@code none}, {@code reference}, {@code standard} (default), {@code strong} or {@code microscope}. */
	public TrainingOptions augmentation(final String name) {
		return with(copy -> copy.augmentation = Augmentation.named(name));
	}

	/** What makes the steps: {@link #ADAM} (default) or {@link #ADAM_W}. */
	public TrainingOptions optimizer(final String name) {
		require(ADAM.equals(name) || ADAM_W.equals(name), "Unknown optimizer '" + name + "'; choose adam or adamw.");
		return with(copy -> copy.optimizer = name);
	}

	/** Share that an average of the weights, which the model then has, keeps at each step, such as 0.999. 0 (default): no average. */
	public TrainingOptions averaging(final double decay) {
		require(decay >= 0 && decay < 1, "The averaging must be 0 (none) or below 1, got " + decay + ".");
		return with(copy -> copy.averaging = decay);
	}

	/** How several data sets are used together. */
	public TrainingOptions mixture(final Mixture sets) {
		return with(copy -> copy.mixture = sets);
	}

	/** Whether to go on from the checkpoints beside the output file. */
	public TrainingOptions resume(final boolean value) {
		return with(copy -> copy.resume = value);
	}

	/**
	 * A model whose weights to start from instead of random ones (fine-tuning); its architecture, normalizer, target and
	 * nucleus diameter are taken over, unless a {@link #diameter} or {@link #normalizer} is set afterwards. Null (default): none.
	 */
	public TrainingOptions fineTune(final Path modelFile) {
		return with(copy -> {
			copy.start = modelFile;
			copy.diameterOfStart = modelFile != null;
			copy.normalizerOfStart = modelFile != null;
		});
	}

	/** The model file to write. */
	public TrainingOptions output(final Path modelFile) {
		return with(copy -> copy.output = modelFile);
	}

	/** What is trained. */
	public Architecture architecture() {
		return architecture;
	}

	/** The epoch at which training ends. */
	public int epochs() {
		return epochs;
	}

	/** Images per step. */
	public int batchSize() {
		return batchSize;
	}

	/** Highest learning rate. */
	public double learningRate() {
		return learningRate;
	}

	/** How the learning rate changes. */
	public String schedule() {
		return schedule;
	}

	/** The seed. */
	public long seed() {
		return seed;
	}

	/** Share of the images kept for validation. */
	public double validation() {
		return validation;
	}

	/** The part of the images kept for validation, or null for a random share. */
	Fold fold() {
		return fold;
	}

	/** The input of the network to train. */
	public TensorLayout layout() {
		final TensorLayout own = architecture.layout();
		return size == 0 ? own : new TensorLayout(own.channels(), own.divisor(), size);
	}

	/** Height and width of the part of a training image that a step sees; the training size for all of it. */
	public int crop() {
		return crop == 0 ? layout().trainingSize() : crop;
	}

	/** Epochs without improvement before stopping, 0 for never. */
	public int patience() {
		return patience;
	}

	/** How pixel values are prepared. */
	public Normalizer normalizer() {
		return normalizer;
	}

	/** Probability from which a pixel counts as nucleus. */
	public double threshold() {
		return threshold;
	}

	/** What the network learns. */
	public TargetEncoder target() {
		return target;
	}

	/** Diameter in pixels that nuclei are brought to, 0 for images as they are. */
	public double diameter() {
		return diameter;
	}

	/** Whether the normalizer is that of the model to start from. */
	boolean isNormalizerOfStart() {
		return normalizerOfStart;
	}

	/** Whether the nucleus diameter is that of the model to start from. */
	boolean isDiameterOfStart() {
		return diameterOfStart;
	}

	/** Patches in an epoch, 0 for as many as there are training images. */
	public int samples() {
		return samples;
	}

	/** How training images are varied. */
	public Augmentation augmentation() {
		return augmentation;
	}

	/** What makes the steps. */
	public String optimizer() {
		return optimizer;
	}

	/** Share that the average of the weights keeps at each step, 0 for none. */
	public double averaging() {
		return averaging;
	}

	/** How several data sets are used together. */
	public Mixture mixture() {
		return mixture;
	}

	/** Whether to go on from the checkpoints beside the output file. */
	public boolean resume() {
		return resume;
	}

	/** The model to start from, or null for random weights. */
	public Path fineTune() {
		return start;
	}

	/** The model file to write, or null if none was set. */
	public Path output() {
		return output;
	}

	private TrainingOptions with(final Consumer<TrainingOptions> change) {
		try {
			final TrainingOptions copy = (TrainingOptions) clone();
			change.accept(copy);
			return copy;
		}
		catch (final CloneNotSupportedException e) {
			throw new AssertionError(e);
		}
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
