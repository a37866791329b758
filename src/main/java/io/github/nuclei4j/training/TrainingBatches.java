package io.github.nuclei4j.training;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.BalancedSampler;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.PatchPlace;
import io.github.nuclei4j.tensor.SampleIterator;
import io.github.nuclei4j.tensor.TrainingImages;
import io.github.nuclei4j.util.Progress;

/**
 * The batches of a training: whole images or parts of them, every image once per epoch; or, if there is a common diameter
 * of nuclei, patches that bring the nuclei to it, drawn so that kinds of images are balanced. Several threads may share it.
 */
public final class TrainingBatches {

	private final NucleusDataset training;
	private final NucleusDataset validation;
	private final TrainingOptions options;
	private final SampleIterator.Settings varied;
	private final SampleIterator.Settings plain;
	private final TrainingImages trainingImages;
	private final TrainingImages validationImages;
	private final BalancedSampler sampler;
	private final List<PatchPlace> middles;

	/**
	 * @param validation null if they are only to train on
	 * @param options those of the model among them: layout, normalizer, target and nucleus diameter
	 * @param progress told while images are read
	 */
	private TrainingBatches(final NucleusDataset training, final NucleusDataset validation, final TrainingOptions options,
		final Progress progress) throws IOException
	{
		this.training = training;
		this.validation = validation;
		this.options = options;
		final double diameter = options.diameter();
		final boolean patches = diameter > 0;
		varied = settings(options.augmentation()).crop(options.crop());
		final SampleIterator.Settings unchanged = settings(Augmentation.none());
		plain = patches ? unchanged.crop(options.crop()) : unchanged;
		trainingImages = patches ? TrainingImages.read(training, options.normalizer(), options.mixture(),
			progress) : null;
		validationImages = patches && validation != null ? TrainingImages.read(validation, options.normalizer(), progress)
			: null;
		sampler = patches ? new BalancedSampler(trainingImages.facts(), trainingImages.sets(), options.mixture(), diameter,
			options.crop()) : null;
		middles = validationImages == null ? null : PatchPlace.middles(validationImages.facts(), diameter, options.crop());
	}

	/** Batches to train on and to validate with. */
	static TrainingBatches of(final NucleusDataset.Split data, final TrainingOptions options, final Progress progress)
		throws IOException
	{
		return new TrainingBatches(data.training(), data.validation(), options, progress);
	}

	/**
	 * Batches to train on only, for a worker that validates nothing.
	 *
	 * @param data all of it; the part that the options keep for validation is not read
	 * @param options of the training, as its {@link Learner} has them
	 * @throws IOException if an image can't be read
	 */
	public static TrainingBatches toTrainOn(final NucleusDataset data, final TrainingOptions options) throws IOException {
		return new TrainingBatches(split(data, options).training(), null, options, Progress.NONE);
	}

	/** The images to train on and to validate with. */
	static NucleusDataset.Split split(final NucleusDataset data, final TrainingOptions options) {
		return options.fold() == null ? data.split(options.validation(), options.seed()) : data.split(options.fold(), options
			.seed());
	}

	private SampleIterator.Settings settings(final Augmentation augmentation) {
		return new SampleIterator.Settings(options.layout(), options.normalizer(), options.target(), augmentation, options
			.batchSize());
	}

	/** Ids of the images to train on. */
	public List<String> trainingIds() {
		return training.ids();
	}

	/** Number of steps in an epoch. */
	int perEpoch() {
		return (count() + options.batchSize() - 1) / options.batchSize();
	}

	private int count() {
		return options.samples() == 0 ? training.size() : options.samples();
	}

	/** An epoch, or part of it. */
	SampleIterator training(final EpochShare share) {
		final long seed = share.seed(options);
		final SampleIterator.Settings some = varied.batches(share.firstBatch(), share.workers(), share.endBatch());
		return sampler == null ? new SampleIterator(training, some, true, seed) : SampleIterator.ofPatches(trainingImages,
			sampler.draw(count(), seed), some, seed);
	}

	/** Training images without random changes, in random order; endless enough to measure batch normalisation on. */
	SampleIterator plain(final long seed) {
		return sampler == null ? new SampleIterator(training, plain, true, seed) : SampleIterator.ofPatches(trainingImages,
			sampler.draw(count(), seed), plain, seed);
	}

	/** The validation images, the same each time. */
	SampleIterator validation() {
		return sampler == null ? new SampleIterator(validation, plain, false, 0) : SampleIterator.ofPatches(validationImages,
			middles, plain, 0);
	}

	/** What the training images go through, in words. */
	static String describe(final TrainingOptions options) {
		final String changes = options.augmentation().describe();
		final int crop = options.crop();
		if (options.diameter() > 0) return String.format(Locale.ROOT, "patches of %d x %d pixels, kinds of images " +
			"balanced, nuclei brought to %s pixels (half, times 0.7 to 1.45; three of ten, times 0.25 to 2.5) or near their own size; " +
			"%s%s", crop, crop, options.diameter(), changes, options.mixture());
		return crop < options.layout().trainingSize() ? changes + "; of that a random part of " + crop + " x " + crop +
			" pixels" : changes;
	}
}
